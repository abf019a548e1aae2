import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findLogin, readDockerConfig } from "../../provider/docker-config";
import { daemonAuth, encodeHeader, findRegistryAuth } from "../../provider/registry-auth";

const directory = mkdtempSync(join(tmpdir(), "docker-config-test-"));
const environment = { PATH: `${directory}:${process.env["PATH"] ?? ""}` };
const encoded = (login: string): string => Buffer.from(login).toString("base64");

beforeAll(() => {
  const helper = (name: string, script: string): void => {
    writeFileSync(join(directory, `docker-credential-${name}`), `#!/bin/sh\nread -r server\n${script}\n`);
    chmodSync(join(directory, `docker-credential-${name}`), 0o755);
  };
  helper("echo", `printf '{"Username":"for","Secret":"%s"}' "$server"`);
  helper("token", `printf '{"Username":"<token>","Secret":"id"}'`);
  helper("empty", `echo "credentials not found in native keychain"; exit 1`);
  helper("broken", `echo "the store is locked"; exit 1`);
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("the login that docker has for a registry", () => {
  it.each([
    ["an entry", { auths: { "r.example": { auth: encoded("u:p:w") } } }, { username: "u", password: "p:w" }],
    ["an entry in clear", { auths: { "https://r.example/v1/": { username: "u", password: "p" } } }, { username: "u", password: "p" }],
    ["a helper of that registry", { credHelpers: { "r.example": "echo" } }, { username: "for", password: "r.example" }],
    [
      "the store, by the name of its entry",
      { auths: { "https://r.example": {} }, credsStore: "echo" },
      { username: "for", password: "https://r.example" },
    ],
    ["an identity token", { credHelpers: { "r.example": "token" } }, { username: "", password: "", identityToken: "id" }],
    ["a helper that knows none", { credHelpers: { "r.example": "empty" } }, undefined],
    ["a store that was never asked to keep one", { credsStore: "broken" }, undefined],
    ["nothing", {}, undefined],
  ])("comes from %s", async (_source, config, login) => {
    await expect(findLogin(config, "r.example", false, environment)).resolves.toEqual(login);
  });

  it("fails when the helper does", async () => {
    await expect(findLogin({ credHelpers: { "r.example": "broken" } }, "r.example", false, environment)).rejects.toThrow(
      "credential helper docker-credential-broken must answer for r.example, got the store is locked",
    );
    await expect(findLogin({ credHelpers: { "r.example": "absent" } }, "r.example", false, environment)).rejects.toThrow(
      "credential helper docker-credential-absent must answer for r.example, got spawn docker-credential-absent ENOENT",
    );
  });

  it("is in the file, in the directory that DOCKER_CONFIG names, or nowhere", async () => {
    const file = join(directory, "config.json");
    writeFileSync(file, '{"credsStore":"echo"}');
    await expect(readDockerConfig(file, {})).resolves.toEqual({ credsStore: "echo" });
    await expect(readDockerConfig(undefined, { DOCKER_CONFIG: directory })).resolves.toEqual({ credsStore: "echo" });
    await expect(readDockerConfig(join(directory, "none"), {})).resolves.toEqual({});
    await expect(findRegistryAuth([{ address: "r.example" }], "r.example", { ...environment, DOCKER_CONFIG: directory })).resolves.toEqual({
      username: "for",
      password: "r.example",
      serveraddress: "r.example",
    });
  });

  it("may come from the environment, as with the public provider", async () => {
    const login = { DOCKER_REGISTRY_USER: "u", DOCKER_REGISTRY_PASS: "p" };
    await expect(findRegistryAuth([{ address: "http://r.example" }], "r.example", login)).resolves.toEqual({
      username: "u",
      password: "p",
      serveraddress: "r.example",
      plain: true,
    });
  });
});

describe("credentials for the daemon", () => {
  it("are a token where there is one", () => {
    expect(daemonAuth({ username: "", password: "", identityToken: "id", serveraddress: "r" })).toEqual({
      identitytoken: "id",
      serveraddress: "r",
    });
    expect(daemonAuth({ username: "u", password: "p", serveraddress: "r", plain: true })).toEqual({
      username: "u",
      password: "p",
      serveraddress: "r",
    });
  });

  it("are padded, in the alphabet of URLs", () => {
    expect(encodeHeader({ a: "??>>" })).toBe("eyJhIjoiPz8-PiJ9");
    expect(encodeHeader({ a: "1" })).toBe("eyJhIjoiMSJ9");
    expect(encodeHeader({})).toBe("e30=");
  });
});
