import { resolveHttp } from "../../constructs/web/http-options";
import { RateLimit } from "../../constructs";
import { App, TerraformStack } from "cdktf";
import { PLAIN_TIER, SHOP_ROUTE, TLS } from "../constructs/web/tier";
import type { HardenedContainer } from "./hardened-container";
import { ask, askHttp2, echo, handshake, openWebSocket } from "./web-client";
import { WebScene } from "./web-scene";

const scene = WebScene.create();
let edge: HardenedContainer;
let address: string;
let url: string;

/** As the construct's defaults are, with one header of its own. */
const http = resolveHttp(new TerraformStack(new App(), "dev"), { headers: { "X-Own": 'a "b" \\' } });
const shop = { ...SHOP_ROUTE, host: "shop.example" };

beforeAll(async () => {
  for (const [name, file] of Object.entries(await scene.certificate("first"))) scene.install(name, file);
  scene.site("index.html", "<h1>hello</h1>");
  scene.site("big.css", "body{}".repeat(1000));
  scene.site("assets/app.123.js", "1");
  const routes = [
    shop,
    { ...shop, path: "/chat", webSocket: true },
    { ...shop, path: "/login", rateLimit: RateLimit.perMinute(1, 2) },
    { ...shop, path: "/upload", maxBodyMiB: 3 },
  ];
  const site = { root: "/site", host: "www.example", immutable: ["/assets"], fallback: "/index.html" };
  ({ edge, address } = await scene.start({ ...PLAIN_TIER, tls: TLS, http, routes, site }));
  url = `https://${address}:8443`;
}, 180_000);
afterAll(() => scene.close(), 60_000);

const from = (host: string, headers: Record<string, string> = {}) => ({ servername: host, headers: { Host: host, ...headers } });
const post = (path: string, mebibytes: number) =>
  ask(url + path, { method: "POST", body: Buffer.alloc(mebibytes * 1024 * 1024), ...from("shop.example") });

describe("a web tier's nginx", () => {
  it("speaks HTTP/2 and 1.1, TLS 1.2 and 1.3, with the key exchange and ciphers of today", async () => {
    expect(await askHttp2(`${url}/a`, { ":authority": "shop.example" })).toMatchObject({ status: 200 });
    expect(await ask(`${url}/a`, from("shop.example"))).toMatchObject({ status: 200 });
    const spoken = async (version: "TLSv1.2" | "TLSv1.3") => {
      const socket = await handshake(address, { minVersion: version, maxVersion: version });
      const found = [socket.getProtocol(), socket.getCipher().name];
      socket.destroy();
      return found;
    };
    expect(await spoken("TLSv1.2")).toEqual(["TLSv1.2", "ECDHE-ECDSA-AES128-GCM-SHA256"]);
    expect((await spoken("TLSv1.3"))[0]).toBe("TLSv1.3");
  });

  it("fails the handshake of old TLS, weak ciphers and unknown names", async () => {
    const old = handshake(address, { minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "ALL@SECLEVEL=0" });
    await expect(old).rejects.toThrow(/protocol version/);
    await expect(handshake(address, { maxVersion: "TLSv1.2", ciphers: "AES128-SHA" })).rejects.toThrow(/handshake failure/);
    await expect(handshake(address, { servername: "other.test" })).rejects.toThrow(/unrecognized name/);
  });

  it("answers 421 for another name over a connection that is known", async () => {
    expect((await askHttp2(`${url}/a`, { ":authority": "other.test" })).status).toBe(421);
  });

  it("sends plain HTTP on to https, for its own names alone", async () => {
    const plain = (host: string) => ask(`http://${address}:8080/a?b=c`, { headers: { Host: host } });
    expect(await plain("shop.example")).toMatchObject({ status: 308, headers: { location: "https://shop.example/a?b=c" } });
    expect((await plain("other.test")).status).toBe(421);
  });

  it("sets headers that the service has not set, on errors as well", async () => {
    const { headers } = await ask(`${url}/a`, from("shop.example"));
    expect(headers).toMatchObject({
      "strict-transport-security": "max-age=63072000",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "x-own": 'a "b" \\',
    });
    const missing = await ask(`${url}/metrics`, from("shop.example"));
    expect(missing.headers).toMatchObject({ "x-frame-options": "DENY", "referrer-policy": "strict-origin-when-cross-origin" });
    expect(headers["server"]).toBe("nginx");
  });

  it("keeps probes and figures from visitors, and has its own on loopback", async () => {
    for (const path of ["/healthz", "/metrics", "/metrics/x"]) expect((await ask(url + path, from("shop.example"))).status).toBe(404);
    expect((await ask(`${url}/metricsx`, from("shop.example"))).status).toBe(200);
    expect((await edge.sh("wget -q -O - http://127.0.0.1:8081/metrics")).output).toContain("Active connections");
    await expect(ask(`http://${address}:8081/metrics`)).rejects.toThrow("ECONNREFUSED");
  });

  it("takes bodies up to the limit of their route", async () => {
    expect(JSON.parse((await post("/upload", 3)).body)).toMatchObject({ bytes: 3 * 1024 * 1024 });
    expect((await post("/other", 1)).status).toBe(200);
    for (const [path, bytes] of [
      ["/upload", 3_145_729],
      ["/other", 1_048_577],
    ] as const) {
      const announced = { "Content-Length": String(bytes) };
      expect((await ask(url + path, { method: "POST", ...from("shop.example", announced) })).status).toBe(413);
    }
  });

  it("refuses what is above a rate with 429, and only there", async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) statuses.push((await ask(`${url}/login`, from("shop.example"))).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429, 429]);
    expect((await ask(`${url}/a`, from("shop.example"))).status).toBe(200);
  });

  it("opens WebSockets where a route allows them, and nowhere else", async () => {
    const socket = await openWebSocket(`${url}/chat`);
    if (typeof socket === "number") throw new Error(`there must be a WebSocket, got ${String(socket)}`);
    expect(await echo(socket, "hello")).toBe("hello");
    socket.destroy();
    expect(await openWebSocket(`${url}/a`)).toBe(200);
    const other = await ask(`${url}/chat`, from("shop.example", { Connection: "Upgrade", Upgrade: "h2c" }));
    expect(JSON.parse(other.body)).toMatchObject({ upgrade: "none", proto: "https" });
  });

  it("serves files compressed, asked for again, or for a year", async () => {
    const get = (path: string, headers: Record<string, string> = {}) => ask(url + path, from("www.example", headers));
    const css = await get("/big.css", { "Accept-Encoding": "gzip" });
    expect(css.headers).toMatchObject({ "content-encoding": "gzip", "cache-control": "no-cache", "content-type": "text/css" });
    const etag = (await get("/index.html")).headers.etag ?? "";
    expect((await get("/index.html", { "If-None-Match": etag })).status).toBe(304);
    expect((await get("/assets/app.123.js")).headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(await get("/of/the/application")).toMatchObject({ status: 200, body: "<h1>hello</h1>" });
    const missing = await get("/assets/gone.js");
    expect([missing.status, missing.headers["cache-control"]]).toEqual([404, undefined]);
  });

  it("compresses nothing of a service by default", async () => {
    const { headers } = await ask(`${url}/a`, from("shop.example", { "Accept-Encoding": "gzip" }));
    expect(headers["content-encoding"]).toBeUndefined();
  });

  it("logs each request as JSON, without query, cookie and credentials", async () => {
    const secrets = { Cookie: "session=planted", Authorization: "Bearer planted", Referer: "https://a.example/?planted" };
    await ask(`${url}/logged?token=planted`, from("shop.example", { ...secrets, "User-Agent": 'a "b" \\ c' }));
    const lines = (await edge.logs()).split("\n").filter((line) => line.startsWith("{"));
    const requests = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(requests.find(({ path }) => path === "/logged")).toMatchObject({
      host: "shop.example",
      method: "GET",
      scheme: "https",
      status: 200,
      upstreamStatus: "200",
      userAgent: 'a "b" \\ c',
      tls: "TLSv1.3",
    });
    expect(lines.join("\n")).not.toContain("planted");
  });
});
