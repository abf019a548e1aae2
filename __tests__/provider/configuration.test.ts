import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configure } from "../../provider/configuration";
import { UNKNOWN } from "../../provider/value";
import { startFakeEngine } from "../engine/fake-engine";

const UNCHECKED = { disable_docker_daemon_check: true };

describe("the provider block", () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "configuration-"));
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it("names the host, else the environment does, else it is the local socket", async () => {
    const address = async (host: string | null, environment: NodeJS.ProcessEnv): Promise<string> =>
      (await configure({ ...UNCHECKED, host }, environment)).engine.address;
    expect(await address("ssh://a@b", { DOCKER_HOST: "unix:///x.sock" })).toBe("ssh://a@b");
    expect(await address(null, { DOCKER_HOST: "unix:///x.sock" })).toBe("unix:///x.sock");
    expect(await address("", {})).toBe("unix:///var/run/docker.sock");
  });

  it("takes the host of a docker context", async () => {
    const meta = join(directory, "contexts/meta", createHash("sha256").update("remote").digest("hex"));
    mkdirSync(meta, { recursive: true });
    writeFileSync(join(meta, "meta.json"), JSON.stringify({ Name: "remote", Endpoints: { docker: { Host: "ssh://deploy@web-1" } } }));
    const { engine } = await configure({ ...UNCHECKED, context: "remote", host: "unix:///x.sock" }, { DOCKER_CONFIG: directory });
    expect(engine.address).toBe("ssh://deploy@web-1");
  });

  it("finds credentials for a registry, by any of the hub's names", async () => {
    const content = JSON.stringify({ auths: { "https://index.docker.io/v1/": { auth: Buffer.from("me:a:b").toString("base64") } } });
    const { registryAuth } = await configure({
      ...UNCHECKED,
      registry_auth: [
        { address: "registry.example:5000", username: "u", password: "p" },
        { address: "docker.io", config_file_content: content },
        { address: "quiet.example", username: "u", password: "p", auth_disabled: true },
        { address: "new.example", config_file: join(directory, "none.json") },
      ],
    });
    await expect(registryAuth("registry.example:5000")).resolves.toEqual({
      username: "u",
      password: "p",
      serveraddress: "registry.example:5000",
    });
    await expect(registryAuth("registry-1.docker.io")).resolves.toMatchObject({ username: "me", password: "a:b" });
    for (const address of ["quiet.example", "new.example", "other.example"]) await expect(registryAuth(address)).resolves.toBeUndefined();
  });

  it("asks the daemon for its version before anything is planned", async () => {
    const fake = await startFakeEngine(() => undefined, { apiVersion: "1.24" });
    await expect(configure({ host: fake.host })).rejects.toThrow("DOCKER_ENGINE_TOO_OLD");
    await expect(configure({ ...UNCHECKED, host: fake.host })).resolves.toBeDefined();
    await fake.close();
  });

  it("fails on plain tcp", async () => {
    await expect(configure({ host: "tcp://10.0.0.5:2375" }, {})).rejects.toThrow("DOCKER_HOST_PLAIN_TCP: host must not be plain tcp");
  });

  it("fails on a docker context that is not there", async () => {
    await expect(configure({ context: "gone" }, { DOCKER_CONFIG: directory })).rejects.toThrow(
      'Unknown docker context: context must be one that `docker context ls` shows, got "gone"',
    );
  });

  it("fails to read anything while its host is not known", async () => {
    const configuration = await configure({ host: UNKNOWN }, {});
    expect(() => configuration.engine).toThrow("Provider not configured yet");
  });
});
