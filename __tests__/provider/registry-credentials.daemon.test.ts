import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeBuildxHome } from "./buildx-home";
import { engine, withLaunches } from "./container-project";
import { buildProbeImages } from "./probe-image";
import { forgetImages } from "./registry-project";
import { startRegistry, USER, type RegistryServer } from "./registry-server";

jest.setTimeout(180_000);

const AUTH = Buffer.from(`${USER.username}:${USER.password}`).toString("base64");
const environment = { ...process.env };
const directory = mkdtempSync(join(tmpdir(), "docker-tiers-credentials-"));
let registry: RegistryServer;

const name = (): string => `${registry.address}/dtc/probe:1`;
const flat = (output: string): string => output.replace(/[\s│╷╵]+/g, " ");

beforeAll(async () => {
  await buildProbeImages();
  registry = await startRegistry({ password: true });
  // Nobody's own login may help.
  environment["DOCKER_CONFIG"] = directory;
});

beforeEach(() => {
  process.env = { ...environment };
  rmSync(join(directory, "config.json"), { force: true });
});

afterAll(async () => {
  await forgetImages(registry.address);
  rmSync(directory, { recursive: true, force: true });
  await registry.close();
  await engine.close();
});

/** Pushes and reads: both ask for credentials. */
const everything = (block: string, own = ""): string => `
provider "docker" {
  ${block}
}
resource "docker_tag" "t" {
  source_image = "probe:1"
  target_image = "${name()}"
}
resource "docker_registry_image" "r" {
  name = docker_tag.t.target_image
  ${own}
}
data "docker_registry_image_manifests" "m" {
  name       = "${name()}"
  depends_on = [docker_registry_image.r]
  ${own}
}
`;

const pull = (block: string): string => `
provider "docker" {
  ${block}
}
resource "docker_image" "i" {
  name = "${name()}"
}
data "docker_registry_image" "i" {
  name = "${name()}"
}
data "docker_registry_image_tags" "t" {
  name = "${name()}"
}
`;

const built = (block: string, more: string): string => `
provider "docker" {
  ${block}
}
resource "docker_image" "b" {
  name = "dtc-of-registry:1"
  build {
    context    = "ctx"
    build_args = { REGISTRY = "${registry.address}" }
    ${more}
  }
}
`;

const registryAuth = (content: string): string => `registry_auth {\n address = "${registry.address}"\n ${content}\n}`;

/** Pushes, reads, pulls and removes; returns the tags that were in the registry meanwhile. */
async function useRegistry(block: string): Promise<unknown> {
  let tags: unknown;
  await withLaunches(everything(block), async (project) => {
    await project.mustApply();
    expect((await project.check()).exitCode).toBe(0);
    await engine.delete(`/images/${name()}`);
    await withLaunches(pull(block), async (puller) => {
      await puller.mustApply();
      tags = (await puller.values("data.docker_registry_image_tags.t"))["tags"];
    });
    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
  });
  return tags;
}

describe("a registry that asks for a password", () => {
  it("accepts that of registry_auth", async () => {
    expect(await useRegistry(registryAuth(`username = "${USER.username}"\n password = "${USER.password}"`))).toEqual(["1"]);
  });

  it("accepts that of a docker configuration in registry_auth", async () => {
    const config = JSON.stringify({ auths: { [registry.address]: { auth: AUTH } } });
    expect(await useRegistry(registryAuth(`config_file_content = ${JSON.stringify(config)}`))).toEqual(["1"]);
  });

  it("accepts that of `docker login` without a word in the configuration", async () => {
    writeFileSync(join(directory, "config.json"), JSON.stringify({ auths: { [registry.address]: { auth: AUTH } } }));
    expect(await useRegistry("")).toEqual(["1"]);
  });

  it("accepts that of a credential helper", async () => {
    const answer = JSON.stringify({ ServerURL: registry.address, Username: USER.username, Secret: USER.password });
    const helper = join(directory, "docker-credential-tiers-test");
    writeFileSync(helper, `#!/bin/sh\nread -r server\n[ "$1 $server" = "get ${registry.address}" ] && printf '%s' '${answer}'\n`);
    chmodSync(helper, 0o755);
    process.env["PATH"] = `${directory}:${process.env["PATH"] ?? ""}`;
    writeFileSync(join(directory, "config.json"), JSON.stringify({ credHelpers: { [registry.address]: "tiers-test" } }));
    expect(await useRegistry("")).toEqual(["1"]);
  });

  it("accepts that of auth_config, which goes before the provider's", async () => {
    const own = `auth_config {\n address = "${registry.address}"\n username = "${USER.username}"\n password = "${USER.password}"\n }`;
    await withLaunches(everything(registryAuth('username = "nobody"\n password = "wrong"'), own), async (project) => {
      await project.mustApply();
      expect((await project.check()).exitCode).toBe(0);
      expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    });
  });

  it.each([
    ["the classic builder", ""],
    ["BuildKit", 'version = "2"'],
  ])("accepts that of registry_auth for the base of a build by %s, whose name is made of an argument", async (_builder, more) => {
    const auth = registryAuth(`username = "${USER.username}"\n password = "${USER.password}"`);
    const home = await makeBuildxHome();
    process.env["DOCKER_CONFIG"] = home;
    await withLaunches(everything(auth), async (pushed) => {
      await pushed.mustApply();
      await engine.delete(`/images/${name()}`);
      await withLaunches(built("", more), async (project) => {
        mkdirSync(join(project.directory, "ctx"));
        writeFileSync(join(project.directory, "ctx/Dockerfile"), "ARG REGISTRY=nowhere.invalid\nFROM ${REGISTRY}/dtc/probe:1\nLABEL a=1\n");
        expect(await project.apply()).toMatchObject({
          exitCode: 1,
          output: expect.stringMatching(/dtc-of-registry:1 cannot be built[^]*auth/) as string,
        });
        project.write(built(auth, more));
        await project.mustApply();
        expect((await project.check()).exitCode).toBe(0);
      });
    });
    rmSync(home, { recursive: true, force: true });
  });

  it("fails without one, and with a wrong one, and says where to give it", async () => {
    const denied = `the credentials for ${registry.address} must be allowed to use ${name()}, got: UNAUTHORIZED: authentication required; give them in registry_auth or auth_config, or run \`docker login\``;
    for (const block of ["", registryAuth('username = "tester"\n password = "wrong"')]) {
      await withLaunches(pull(block), async (project) => expect(flat((await project.plan()).output)).toContain(denied));
      await withLaunches(everything(block), async (project) =>
        expect(flat((await project.apply()).output)).toMatch(
          /push must succeed, got: .*; where credentials are the cause give them in registry_auth/,
        ),
      );
    }
  });
});
