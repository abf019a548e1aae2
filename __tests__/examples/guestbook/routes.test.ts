import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { openSite, type Site } from "./fakes";

let site: Site;
beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.close());

describe("reading", () => {
  it("answers the entries newest first, from the store at first and from the cache then", async () => {
    await site.postJson({ name: "Ada", message: "first" });
    await site.postJson({ name: "Bob", message: "second" });
    const cold = await site.fetch("/entries");
    const warm = await site.fetch("/entries");
    expect([cold.headers.get("x-cache"), warm.headers.get("x-cache")]).toEqual(["miss", "hit"]);
    expect(await warm.json()).toMatchObject({ entries: [{ name: "Bob" }, { name: "Ada" }] });
    expect(site.store.reads).toBe(1);
  });

  it("names the replica in every answer", async () => {
    for (const path of ["/", "/entries", "/healthz", "/absent"]) {
      expect((await site.fetch(path)).headers.get("x-replica")).toBe("replica-1");
    }
  });

  it("shows the page under a policy that admits nothing but its own style", async () => {
    const response = await site.fetch("/?from=test");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; /);
    expect(await response.text()).toContain("<dd>replica-1</dd>");
  });

  it("answers HEAD like GET, without a body", async () => {
    const response = await site.fetch("/", { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(Number(response.headers.get("content-length"))).toBeGreaterThan(1000);
    expect(await response.text()).toBe("");
  });
});

describe("signing", () => {
  it("answers JSON with 201 and the entry", async () => {
    const response = await site.postJson({ name: " Ada ", message: "Hello" });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ id: 1, name: "Ada", message: "Hello", createdAt: "2026-01-02T03:04:05.678Z" });
  });

  it("sends a form back to the page", async () => {
    const response = await site.postForm({ name: "Ada", message: "Hello" });
    expect([response.status, response.headers.get("location")]).toEqual([303, "/"]);
    expect(site.store.entries).toMatchObject([{ name: "Ada", message: "Hello" }]);
  });

  it("drops the cached list", async () => {
    await site.fetch("/entries");
    await site.postJson({ name: "Ada", message: "Hello" });
    const response = await site.fetch("/entries");
    expect(response.headers.get("x-cache")).toBe("miss");
    expect(await response.json()).toMatchObject({ entries: [{ name: "Ada" }] });
  });

  it("lets no slow reader bring an outdated list back", async () => {
    let signed = false;
    site.store.onRead = async () => {
      if (signed) return;
      signed = true;
      await site.postJson({ name: "Ada", message: "between read and store" });
    };
    await site.fetch("/entries");
    expect(await (await site.fetch("/entries")).json()).toMatchObject({ entries: [{ name: "Ada" }] });
  });

  it("escapes a hostile entry in the page", async () => {
    await site.postJson({ name: "<img src=x onerror=alert(1)>", message: "</p><script>alert(1)</script>" });
    const page = await (await site.fetch("/")).text();
    expect(page).not.toMatch(/<img|<script/);
    expect(page).toContain("&lt;img src=x onerror=alert(1)&gt;");
  });

  it("fails for a wrong field: 422, at the field", async () => {
    const response = await site.postJson({ name: "", message: "Hello" });
    expect(response.status).toBe(422);
    expect(await response.json()).toEqual({ error: { field: "name", message: "name must have 1 to 80 characters, got 0" } });
  });

  it("fails for a wrong form with the form, as it was filled in", async () => {
    const response = await site.postForm({ name: "Ada", message: "x".repeat(1001) });
    expect(response.status).toBe(422);
    const page = await response.text();
    expect(page).toContain('value="Ada"');
    expect(page).toContain("message must have 1 to 1000 characters, got 1001");
    expect(site.store.entries).toHaveLength(0);
  });

  it("fails for a form of another site", async () => {
    const response = await site.postForm({ name: "Ada", message: "Hello" }, { "sec-fetch-site": "cross-site" });
    expect(response.status).toBe(403);
    expect(site.store.entries).toHaveLength(0);
  });
});

describe("a request that nginx repeats", () => {
  const id = "0123456789abcdef0123456789abcdef";
  const sign = async (headers: Record<string, string>): Promise<unknown> =>
    (await site.postJson({ name: "Ada", message: "once" }, headers)).json();

  it("makes one entry", async () => {
    const first = await sign({ "x-request-id": id });
    expect(await sign({ "x-request-id": id })).toEqual(first);
    expect(site.store.entries).toHaveLength(1);
  });

  it("is another one under another id, or under none that nginx makes", async () => {
    for (const other of [id, id.replace("0", "f"), "x", "x"]) await sign({ "x-request-id": other });
    await sign({});
    expect(site.store.entries).toHaveLength(5);
  });
});

describe("requests that are not understood", () => {
  const post = (type: string, body: string): Promise<Response> =>
    site.fetch("/entries", { method: "POST", headers: { "content-type": type }, body });

  it("fails for another type of body", async () => {
    const response = await post("text/plain", "hello");
    expect(response.status).toBe(415);
    expect(await response.json()).toEqual({
      error: { message: "the body must be application/x-www-form-urlencoded or application/json" },
    });
  });

  it.each(["[1]", "null", '"text"'])("fails for the JSON %s", async (body) => {
    const response = await post("application/json; charset=utf-8", body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: { message: 'the body must be a JSON object like {"name":"Ada","message":"Hello"}' },
    });
  });

  it("fails for what is no JSON", async () => {
    expect((await post("application/json", "{")).status).toBe(400);
  });

  it("takes a body of 16 KiB", async () => {
    const empty = JSON.stringify({ name: "Ada", message: "Hello", padding: "" });
    const padding = "x".repeat(16 * 1024 - empty.length);
    expect((await site.postJson({ name: "Ada", message: "Hello", padding })).status).toBe(201);
  });

  it("fails for a larger one, announced or not", async () => {
    const body = JSON.stringify({ name: "Ada", message: "x".repeat(17_000) });
    expect((await post("application/json", body)).status).toBe(413);
    expect(await postChunked(site, [body.slice(0, 100), body.slice(100)])).toBe(413);
    expect(site.store.entries).toHaveLength(0);
  });

  it("fails for an unknown path and for a method that a path does not have", async () => {
    expect((await site.fetch("/absent")).status).toBe(404);
    const response = await site.fetch("/entries", { method: "DELETE" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD, POST"]);
  });
});

function postChunked({ server }: Site, chunks: readonly string[]): Promise<number> {
  const { port } = server.address() as AddressInfo;
  const headers = { "content-type": "application/json", "transfer-encoding": "chunked" };
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port, path: "/entries", method: "POST", headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    outgoing.on("error", reject);
    for (const chunk of chunks) outgoing.write(chunk);
    outgoing.end();
  });
}
