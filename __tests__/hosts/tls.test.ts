import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { output } from "../e2e/command";
import type { PrivateEngine } from "../e2e/private-engine";
import { Authority } from "./certificates";
import { HostProject, PASSWORD, readSecrets, STACK } from "./host-project";
import { HOST, startTlsEngine } from "./tls-engine";

const directory = mkdtempSync(join(tmpdir(), "dt-hosts-tls-"));
let engine: PrivateEngine;
let host: HostProject;
let own: Authority;
let other: Authority;

beforeAll(async () => {
  [own, other] = await Promise.all([Authority.create(join(directory, "own")), Authority.create(join(directory, "other"))]);
  engine = await startTlsEngine(own);
  // The engine's loopback is not ours.
  host = new HostProject({ HOST, CERT_PATH: await own.issue("client", "client") }, ["nsenter", engine.network]);
  await host.storeSecret();
});

afterAll(async () => {
  await engine.remove();
  host.remove();
  rmSync(directory, { recursive: true, force: true });
});

describe("a host that is reached by TLS", () => {
  it("gets images, containers and secrets, has nothing to change afterwards, and is left clean", async () => {
    expect(await host.prepare()).toMatch(/redis: localhost\S+ built/);
    await host.cdktf("deploy", STACK, "--auto-approve");
    expect(await readSecrets(engine.docker)).toEqual({ stored: PASSWORD, generated: expect.any(Number) as number });
    expect(await host.cdktf("diff", STACK)).toContain("No changes. Your infrastructure matches the configuration.");
    await host.cdktf("destroy", STACK, "--auto-approve");
    expect(await engine.docker.containers(STACK)).toEqual([]);
    expect(await engine.docker.networks(STACK)).toEqual([]);
  });

  it("fails with what mends it: another authority, a client that the engine does not trust, an expired one, none", async () => {
    const start = "DOCKER_HOST_UNREACHABLE: a Docker engine must answer at tcp://127.0.0.1:2376, got";
    expect(await host.refusal({ CERT_PATH: await own.issue("client", "wrong-ca", other) })).toMatch(
      new RegExp(`${start} .*; ca.pem \\(ca_material\\) must be the authority that signed the daemon's certificate`),
    );
    expect(await host.refusal({ CERT_PATH: await other.issue("client", "stranger", own) })).toMatch(
      new RegExp(`${start} .*client certificate \\(cert.pem, cert_material\\).*must be signed by the authority that the daemon trusts`),
    );
    const expired = await own.issue("client", "expired");
    await output("openssl", [
      "x509",
      "-in",
      join(expired, "cert.pem"),
      "-signkey",
      join(expired, "key.pem"),
      "-days",
      "-1",
      "-out",
      join(expired, "cert.pem"),
    ]);
    expect(await host.refusal({ CERT_PATH: expired })).toMatch(
      /DOCKER_TLS_EXPIRED: client certificate must be valid, got one that expired at /,
    );
    expect(await host.refusal({ CERT_PATH: directory })).toContain(`DOCKER_TLS_UNREADABLE: cert_path must be a directory with ca.pem`);
    expect(await host.refusal({ CERT_PATH: "" })).toContain("DOCKER_HOST_PLAIN_TCP: host must not be plain tcp");
  });
});
