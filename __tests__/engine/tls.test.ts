import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Engine, loadTls } from "../../engine";
import { makeCertificate } from "../../provider/plugin/certificate";
import { json, startFakeEngine, type FakeEngine } from "./fake-engine";

const server = makeCertificate();
const client = makeCertificate();

describe("a tcp host with TLS", () => {
  let fake: FakeEngine;
  let directory: string;

  beforeEach(async () => {
    const tls = { cert: server.pem, key: server.keyPem, ca: client.pem, requestCert: true, rejectUnauthorized: true };
    fake = await startFakeEngine((_request, _body, response) => json(response, 200, { ok: true }), { tls });
    directory = mkdtempSync(join(tmpdir(), "tls-"));
  });

  afterEach(async () => {
    await fake.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it("is reached with material as text", async () => {
    const engine = new Engine({ host: fake.host, ca: server.pem, cert: client.pem, key: client.keyPem });
    await expect(engine.get("/info")).resolves.toEqual({ ok: true });
    await engine.close();
  });

  it("is reached with material in a directory", async () => {
    writeFileSync(join(directory, "ca.pem"), server.pem);
    writeFileSync(join(directory, "cert.pem"), client.pem);
    writeFileSync(join(directory, "key.pem"), client.keyPem);
    const engine = new Engine({ host: fake.host, certPath: directory });
    await expect(engine.get("/info")).resolves.toEqual({ ok: true });
    await engine.close();
  });

  it("fails when the daemon's certificate is not of the given authority", async () => {
    const engine = new Engine({ host: fake.host, ca: client.pem, cert: client.pem, key: client.keyPem });
    await expect(engine.get("/info")).rejects.toThrow(
      `DOCKER_HOST_UNREACHABLE: a Docker engine must answer at ${fake.host}, got self-signed certificate; ` +
        "ca.pem (ca_material) must be the authority that signed the daemon's certificate: copy it from the host anew",
    );
    await engine.close();
  });

  it("fails when the daemon does not know the client", async () => {
    const stranger = makeCertificate();
    const engine = new Engine({ host: fake.host, ca: server.pem, cert: stranger.pem, key: stranger.keyPem });
    await expect(engine.get("/info")).rejects.toThrow(
      /^DOCKER_HOST_UNREACHABLE: a Docker engine must answer at tcp:\/\/localhost:\d+, got .*; an engine that does not trust the client certificate \(cert.pem, cert_material\) hangs up: /,
    );
    await engine.close();
  });

  it("fails when a file is missing", () => {
    expect(() => loadTls({ certPath: directory })).toThrow(
      `DOCKER_TLS_UNREADABLE: cert_path must be a directory with ca.pem, cert.pem and key.pem, got no readable ${join(directory, "ca.pem")}`,
    );
  });
});

it("takes texts before a directory", () => {
  expect(loadTls({ certPath: "/nowhere", cert: client.pem, key: client.keyPem })).toEqual({ cert: client.pem, key: client.keyPem });
});

it("is read where a host is reached by tcp alone", () => {
  expect(() => new Engine({ host: "ssh://deploy@web-1", certPath: "/nowhere" })).not.toThrow();
  expect(() => new Engine({ host: "tcp://web-1", certPath: "/nowhere" })).toThrow("DOCKER_TLS_UNREADABLE");
});

it("fails with an expired certificate, another's key, and what is no PEM, before the daemon is asked", () => {
  const old = makeCertificate(new Date("2020-01-01T00:00:00Z"));
  expect(() => loadTls({ cert: old.pem, key: old.keyPem })).toThrow(
    "DOCKER_TLS_EXPIRED: client certificate must be valid, got one that expired at 2020-01-08T00:00:00.000Z (cert_material); have it renewed by the host's authority",
  );
  expect(() => loadTls({ cert: client.pem, key: server.keyPem })).toThrow(
    "DOCKER_TLS_KEY: key must belong to the client certificate, got another (key_material and cert_material); give the two that were made together",
  );
  expect(() => loadTls({ cert: "cert.pem", key: client.keyPem })).toThrow(
    "DOCKER_TLS_UNREADABLE: cert_material must be PEM without a passphrase, got something else; export it anew with openssl",
  );
});

it("fails when a part of the material is missing", () => {
  expect(() => loadTls({ cert: "x" })).toThrow("DOCKER_TLS_INCOMPLETE: TLS material must have certificate and key, got no key_material");
  expect(() => loadTls({ ca: "x" })).toThrow("DOCKER_TLS_INCOMPLETE: TLS material must have certificate and key, got no cert_material");
});
