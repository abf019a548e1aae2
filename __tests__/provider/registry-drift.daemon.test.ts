import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ObjectValue } from "../../provider/value";
import { engine } from "./container-project";
import { ProtocolProvider } from "./drift/protocol";
import { manifestOf } from "./registry-manifests";
import { registryPerTest } from "./registry-project";
import { HOST } from "./test-engine";

jest.setTimeout(120_000);

const TYPE = "docker_registry_image";
const LOGIN = { address: "localhost:1", username: "drift", password: "drift-password" };
const directory = mkdtempSync(join(tmpdir(), "drift-push-"));
const registry = registryPerTest();
let provider: ProtocolProvider;

beforeAll(async () => {
  writeFileSync(join(directory, "Dockerfile"), "FROM probe:1\nLABEL drift=pushed\n");
  writeFileSync(join(directory, ".dockerignore"), "*\n");
  provider = await ProtocolProvider.start(HOST);
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
  provider.stop();
});

/** All that the registry has of what a configuration pushes. */
async function pushed(more: ObjectValue): Promise<string> {
  const config = { name: `${registry.repository}:1.2.3`, ...more };
  const stored = await provider.create(TYPE, config);
  const { bytes, content } = await manifestOf(registry.server, "1.2.3");
  const blob = await registry.server.call("GET", `/v2/dtr/probe/blobs/${content.config.digest}`);
  await provider.delete(TYPE, { ...stored, values: { ...stored.values, keep_remotely: false } });
  return bytes.toString("utf8") + (await blob.text());
}

describe("of an image a registry has nothing", () => {
  beforeEach(() => engine.post("/images/probe:1/tag", { query: { repo: registry.repository, tag: "1.2.3" } }));

  it("of how Terraform treats it, of triggers and of credentials, unlike its content", async () => {
    const plain = await pushed({});
    const timeouts = { create: "5m", update: "5m", delete: "5m" };
    const treatment = { keep_remotely: true, insecure_skip_verify: true, triggers: { content: "a" }, timeouts };
    const treated = await pushed({ ...treatment, auth_config: [{ ...LOGIN, address: registry.server.address }] });
    expect(treated).toBe(plain);
    expect(treated).not.toContain(LOGIN.password);
    expect(await pushed({ build: [{ context: directory }] })).not.toBe(plain);
  });

  it("of the inputs of its build, and of credentials, unlike a label", async () => {
    const plain = await pushed({ build: [{ context: directory }] });
    const login = { host_name: LOGIN.address, user_name: LOGIN.username, password: LOGIN.password };
    const inputs = { extra_hosts: ["a:10.0.0.1"], shm_size: 1 << 26, remove: false, auth_config: [login] };
    const other = await pushed({ build: [{ context: directory, ...inputs }] });
    expect(other).toBe(plain);
    expect(other).not.toContain(LOGIN.password);
    expect(await pushed({ build: [{ context: directory, labels: { drift: "2" } }] })).not.toBe(plain);
  });
});
