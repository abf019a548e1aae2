import { existsSync, statSync } from "node:fs";
import { request } from "node:http";
import { dirname } from "node:path";
import { Engine } from "../../engine";
import { makeCertificate } from "../../provider/plugin/certificate";
import { json, startFakeEngine, type FakeEngine } from "./fake-engine";

const [server, client] = [makeCertificate(), makeCertificate()];

let fake: FakeEngine;
beforeEach(async () => {
  const tls = { cert: server.pem, key: server.keyPem, ca: client.pem, requestCert: true, rejectUnauthorized: true };
  fake = await startFakeEngine((_request, body, response) => json(response, 200, { bytes: body.length }), { tls });
});
afterEach(() => fake.close());

const pathOf = (address: string): string => address.replace("unix://", "");

/** What a program is told that speaks plain HTTP to the socket. */
function ask(socketPath: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path: "/build", method: "POST" }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve(text)).on("error", reject);
    });
    asked.on("error", reject).end(body);
  });
}

describe("a tunnel", () => {
  it("leads a program without certificates to an engine with TLS, several times at once", async () => {
    const engine = new Engine({ host: fake.host, ca: server.pem, cert: client.pem, key: client.keyPem });
    const tunnel = await engine.tunnel();
    const answers = await Promise.all([1, 2_000_000].map((bytes) => ask(pathOf(tunnel.address), "x".repeat(bytes))));
    expect(answers).toEqual(['{"bytes":1}', '{"bytes":2000000}']);
    tunnel.close();
    await engine.close();
  });

  it("is this user's alone, and gone when it is closed", async () => {
    const engine = new Engine({ host: fake.host, ca: server.pem, cert: client.pem, key: client.keyPem });
    const tunnel = await engine.tunnel();
    const folder = dirname(pathOf(tunnel.address));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    tunnel.close();
    expect(existsSync(folder)).toBe(false);
    await expect(ask(pathOf(tunnel.address), "x")).rejects.toThrow("ENOENT");
    await engine.close();
  });

  it("ends a program's connection when the engine does not take us", async () => {
    const engine = new Engine({ host: fake.host, ca: client.pem, cert: client.pem, key: client.keyPem });
    const tunnel = await engine.tunnel();
    await expect(ask(pathOf(tunnel.address), "x")).rejects.toThrow("socket hang up");
    tunnel.close();
    await engine.close();
  });

  it("is the engine's own socket where it has one", async () => {
    const engine = new Engine({ host: "unix:///run/docker.sock" });
    const tunnel = await engine.tunnel();
    expect(tunnel.address).toBe("unix:///run/docker.sock");
    tunnel.close();
    await engine.close();
  });
});
