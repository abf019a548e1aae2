import { Agent } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { PLAIN_TIER, SHOP_ROUTE, TLS } from "../constructs/web/tier";
import type { HardenedContainer } from "./hardened-container";
import { until } from "./hardened-container";
import { ask, askHttp2, echo, openWebSocket, shownName } from "./web-client";
import { WebScene } from "./web-scene";

const scene = WebScene.create();
let edge: HardenedContainer;
let address: string;
let url: string;

beforeAll(async () => {
  const first = await scene.certificate("first");
  for (const [name, file] of Object.entries(first)) scene.install(name, file);
  ({ edge, address } = await scene.start({ ...PLAIN_TIER, tls: TLS, routes: [{ ...SHOP_ROUTE, webSocket: true }] }));
  url = `https://${address}:8443`;
}, 180_000);
afterAll(() => scene.close(), 60_000);

/** Asks over connections that are kept, until told to stop. @returns how many answers were 200, and every other outcome */
function visit(stopped: () => boolean): Promise<{ good: number; bad: string[] }[]> {
  const visitor = async (pauseMs: number): Promise<{ good: number; bad: string[] }> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const bad: string[] = [];
    let good = 0;
    while (!stopped()) {
      const outcome = await ask(url, { agent }).then(({ status }) => String(status), String);
      if (outcome === "200") good++;
      else bad.push(outcome);
      await sleep(pauseMs);
    }
    agent.destroy();
    return { good, bad };
  };
  return Promise.all([0, 5, 50].map(visitor));
}

describe("a web tier whose certificate changes on the host", () => {
  it("shows the new one, and breaks no connection", async () => {
    const socket = await openWebSocket(url);
    if (typeof socket === "number") throw new Error(`there must be a WebSocket, got ${String(socket)}`);
    expect(await echo(socket, "before")).toBe("before");
    const visits = { over: false };
    const visitors = visit(() => visits.over);
    for (const name of ["second", "third", "fourth"]) {
      const renewed = await scene.certificate(name);
      for (const [file, from] of Object.entries(renewed)) scene.install(file, from);
      const download = askHttp2(`${url}/slow`, { ":authority": "shop.example" });
      expect(
        await until(
          () => shownName(address),
          (shown) => shown === name,
          60_000,
        ),
      ).toBe(name);
      expect((await download).body).toMatch(/^\.{20}\{/);
    }
    visits.over = true;
    for (const { good, bad } of await visitors) {
      expect(bad).toEqual([]);
      expect(good).toBeGreaterThan(0);
    }
    expect(await echo(socket, "after")).toBe("after");
    socket.destroy();
  }, 240_000);

  it("goes on with what it has when the files do not belong together, and says so", async () => {
    const before = await shownName(address);
    const renewed = await scene.certificate("fifth");
    scene.install("fullchain.pem", renewed["fullchain.pem"]);
    const logs = await until(
      () => edge.logs(),
      (text) => text.includes("[emerg]"),
      60_000,
    );
    expect(logs).toMatch(/\[emerg\] .*SSL_CTX_use_PrivateKey\("\/certificate\/privkey.pem"\) failed/);
    expect(await shownName(address)).toBe(before);
    scene.install("privkey.pem", renewed["privkey.pem"]);
    expect(
      await until(
        () => shownName(address),
        (shown) => shown === "fifth",
        60_000,
      ),
    ).toBe("fifth");
  }, 180_000);

  it("ends by its stop signal, although it watches", async () => {
    expect((await edge.stop()).exitCode).toBe(0);
  }, 60_000);
});
