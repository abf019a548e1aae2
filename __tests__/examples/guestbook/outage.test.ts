import { get } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { awaitSchema, stop } from "../../../examples/guestbook/lifecycle";
import { FakeStore, openSite, type Site } from "./fakes";

let site: Site;
let stopping: AbortController;
beforeEach(async () => {
  stopping = new AbortController();
  site = await openSite(() => stopping.signal.aborted);
});
afterEach(() => site.close());

describe("without a cache", () => {
  it("reads from the database and stays healthy", async () => {
    await site.postJson({ name: "Ada", message: "Hello" });
    site.cache.down = true;
    const response = await site.fetch("/entries");
    expect([response.status, response.headers.get("x-cache")]).toEqual([200, "miss"]);
    expect(await response.json()).toMatchObject({ entries: [{ name: "Ada" }] });
    const health = await site.fetch("/healthz");
    expect([health.status, await health.json()]).toEqual([200, { status: "ok", database: "up", cache: "down" }]);
  });

  it("still takes entries", async () => {
    site.cache.down = true;
    expect((await site.postJson({ name: "Ada", message: "Hello" })).status).toBe(201);
  });
});

describe("without a database", () => {
  beforeEach(() => {
    site.store.down = true;
  });

  it("asks to come again: 503 with Retry-After, as a page for browsers and as JSON for others", async () => {
    const page = await site.fetch("/", { headers: { accept: "text/html,*/*" } });
    expect([page.status, page.headers.get("retry-after")]).toEqual([503, "2"]);
    expect(await page.text()).toContain("<h1>Temporarily unavailable</h1>");
    const list = await site.fetch("/entries");
    expect([list.status, list.headers.get("content-type")]).toEqual([503, "application/json; charset=utf-8"]);
    expect((await site.postJson({ name: "Ada", message: "Hello" })).status).toBe(503);
  });

  it("is unhealthy, and recovers by itself", async () => {
    const during = await site.fetch("/healthz");
    expect([during.status, await during.json()]).toEqual([503, { status: "unavailable", database: "down", cache: "up" }]);
    site.store.down = false;
    expect((await site.fetch("/healthz")).status).toBe(200);
    expect((await site.postJson({ name: "Ada", message: "Hello" })).status).toBe(201);
  });

  it("logs the fault without what the visitor wrote", async () => {
    await site.postJson({ name: "Ada", message: "a private message" });
    expect(site.logged.join("\n")).toContain("connect ECONNREFUSED");
    expect(site.logged.join("\n")).not.toContain("a private message");
  });
});

describe("awaitSchema", () => {
  it("tries again until the database answers", async () => {
    const store = new FakeStore();
    store.down = true;
    setTimeout(() => {
      store.down = false;
    }, 100);
    const logged: string[] = [];
    await awaitSchema(store, (_, message) => logged.push(message), new AbortController().signal);
    expect(logged).toEqual(["waiting for the database", "schema ready"]);
  });

  it("gives up at once when the service stops", async () => {
    const store = new FakeStore();
    store.down = true;
    const abort = new AbortController();
    const waiting = awaitSchema(store, () => undefined, abort.signal);
    abort.abort();
    await expect(waiting).resolves.toBeUndefined();
  });
});

describe("stop", () => {
  it("finishes what is in flight, closes the connections to the tiers, and exits with 0", async () => {
    site.store.onRead = () => sleep(200);
    const inFlight = site.fetch("/entries");
    await sleep(50);
    const codes: number[] = [];
    const { server, guestbook } = site;
    const stopped = stop({ server, guestbook, stopping, log: () => undefined, exit: (code) => codes.push(code) });
    expect((await inFlight).status).toBe(200);
    await stopped;
    expect(codes).toEqual([0]);
    expect(site.store.closed).toBe(true);
    await expect(site.fetch("/entries")).rejects.toThrow("fetch failed");
  });

  it("answers the connections that the kernel has taken before, and tells them to take another", async () => {
    const { server, guestbook } = site;
    const { port } = server.address() as AddressInfo;
    const ask = (): Promise<unknown> =>
      new Promise((resolve) => {
        get({ port, host: "127.0.0.1", path: "/entries", agent: false }, (response) => {
          response.resume();
          resolve([response.statusCode, response.headers.connection]);
        }).on("error", resolve);
      });
    const answers = Array.from({ length: 20 }, ask);
    // The sockets connect in this turn; the server cannot accept them before the next.
    await new Promise<void>((resolve) => {
      process.nextTick(resolve);
    });
    await stop({ server, guestbook, stopping, log: () => undefined, exit: () => undefined });
    expect(await Promise.all(answers)).toEqual(answers.map(() => [200, "close"]));
  });

  it("does not wait for clients that keep an idle connection", async () => {
    await (await site.fetch("/entries")).text();
    const { server, guestbook } = site;
    let cutOff = false;
    server.closeAllConnections = () => {
      cutOff = true;
    };
    await stop({ server, guestbook, stopping, log: () => undefined, exit: () => undefined });
    expect(cutOff).toBe(false);
  });
});
