import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configure } from "../../provider/configuration";
import { makeCertificate } from "../../provider/plugin/certificate";
import { UNKNOWN, type ObjectValue } from "../../provider/value";
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

  describe("certificates", () => {
    const mine = makeCertificate();
    const texts = { cert_material: mine.pem, key_material: mine.keyPem };
    const files = (name: string, { pem, keyPem } = mine): string => {
      const certs = join(directory, name);
      mkdirSync(certs);
      for (const [file, content] of Object.entries({ "ca.pem": pem, "cert.pem": pem, "key.pem": keyPem }))
        writeFileSync(join(certs, file), content);
      return certs;
    };
    const configured = (config: ObjectValue, environment: NodeJS.ProcessEnv): ReturnType<typeof configure> =>
      configure({ ...UNCHECKED, host: "tcp://web-1:2376", ...config }, environment);

    it("are those that are configured, whatever the environment has", async () => {
      const stale = { DOCKER_CERT_PATH: "/nowhere", DOCKER_CA_MATERIAL: "x", DOCKER_CERT_MATERIAL: "x", DOCKER_KEY_MATERIAL: "x" };
      await expect(configured(texts, stale)).resolves.toBeDefined();
      await expect(configured({ cert_path: files("own") }, stale)).resolves.toBeDefined();
    });

    it("are the environment's where none are configured", async () => {
      await expect(configured({}, { DOCKER_CERT_PATH: files("of-environment") })).resolves.toBeDefined();
      await expect(configured({}, { DOCKER_CERT_MATERIAL: mine.pem, DOCKER_KEY_MATERIAL: mine.keyPem })).resolves.toBeDefined();
      await expect(configured({}, { DOCKER_CERT_PATH: "/nowhere" })).rejects.toThrow("DOCKER_TLS_UNREADABLE");
      await expect(configured({}, {})).rejects.toThrow("DOCKER_HOST_PLAIN_TCP");
    });

    it("are of no concern to a host that is reached by ssh", async () => {
      await expect(configured({ host: "ssh://deploy@web-1" }, { DOCKER_CERT_PATH: "/nowhere" })).resolves.toBeDefined();
    });

    it("fails on a directory and texts at once", async () => {
      await expect(configured({ ...texts, cert_path: "/certs" }, {})).rejects.toThrow(
        "Two sources of certificates: certificates must be a directory or texts, got both; leave out cert_path (/certs), or ca_material, cert_material and key_material",
      );
    });

    it("are a context's own", async () => {
      const id = createHash("sha256").update("remote").digest("hex");
      const [meta, tls] = [join(directory, "contexts/meta", id), join(directory, "contexts/tls", id)];
      for (const path of [meta, tls]) mkdirSync(path, { recursive: true });
      writeFileSync(join(meta, "meta.json"), JSON.stringify({ Endpoints: { docker: { Host: "tcp://web-1:2376" } } }));
      const stale = { DOCKER_CONFIG: directory, DOCKER_CERT_PATH: "/nowhere" };
      await expect(configured({ context: "remote" }, stale)).rejects.toThrow("DOCKER_HOST_PLAIN_TCP");
      renameSync(files("made"), join(tls, "docker"));
      await expect(configured({ context: "remote" }, stale)).resolves.toMatchObject({ engine: { address: "tcp://web-1:2376" } });
    });
  });

  it("takes ssh's options from the environment where none are configured", async () => {
    const path = process.env["PATH"];
    process.env["PATH"] = `${directory}:${path ?? ""}`;
    writeFileSync(join(directory, "ssh"), '#!/bin/sh\necho "$@" >&2\nexit 255\n', { mode: 0o755 });
    const arguments_ = async (config: ObjectValue): Promise<string> => {
      const { engine } = await configure({ ...UNCHECKED, host: "ssh://web-1", ...config }, { DOCKER_SSH_OPTS: "-p  2222 -4" });
      return engine.version().then(String, String);
    };
    try {
      expect(await arguments_({})).toContain("BatchMode=yes -p 2222 -4 -o");
      expect(await arguments_({ ssh_opts: ["-6"] })).toContain("BatchMode=yes -6 -o");
    } finally {
      process.env["PATH"] = path;
    }
  });

  it("takes the docker command's variables for the context that is called default", async () => {
    const { engine } = await configure({ ...UNCHECKED, context: "default" }, { DOCKER_HOST: "unix:///x.sock" });
    expect(engine.address).toBe("unix:///x.sock");
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

  it.each(["http://10.0.0.5:2375", "npipe:////./pipe/docker_engine", "fd://"])("fails on the address %s", async (host) => {
    await expect(configure({ ...UNCHECKED, host }, {})).rejects.toThrow(`DOCKER_HOST_MALFORMED: host must be unix:///path/to.sock, ssh://`);
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
