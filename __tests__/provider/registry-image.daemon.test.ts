import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ImageInspect } from "../../provider/resources/container-api";
import { actionsOf, engine, withProject } from "./container-project";
import { buildProbeImages } from "./probe-image";
import { anotherManifest, MANIFEST, putIndex, retag } from "./registry-manifests";
import { startRegistry, type RegistryServer } from "./registry-server";

jest.setTimeout(180_000);

let registry: RegistryServer;

const find = (name: string): Promise<ImageInspect | undefined> => engine.find<ImageInspect>(`/images/${name}/json`);
const repository = (): string => `${registry.address}/dtr/probe`;
const remove = (name: string): Promise<unknown> => engine.delete(`/images/${name}`).catch(() => undefined);
const flat = (output: string): string => output.replace(/[\s│╷╵]+/g, " ");

async function tagsInRegistry(): Promise<readonly string[] | undefined> {
  const answer = await registry.call("GET", "/v2/dtr/probe/tags/list");
  return ((await answer.json()) as { tags?: string[] }).tags ?? undefined;
}

const pushed = (more = "", source = "probe:1"): string => `
resource "docker_tag" "t" {
  source_image = "${source}"
  target_image = "${repository()}:1.2.3"
}
resource "docker_registry_image" "r" {
  name = docker_tag.t.target_image
  ${more}
}
`;

beforeAll(async () => {
  await buildProbeImages();
});

beforeEach(async () => {
  registry = await startRegistry();
});

afterEach(async () => {
  for (const tag of ["1.2.3", "1.10.0", "edge"]) await remove(`${repository()}:${tag}`);
  await registry.close();
});

afterAll(() => engine.close());

describe("docker_registry_image", () => {
  it("pushes, plans nothing afterwards, is imported, pulled by tag and by digest, and removed from the registry", async () => {
    await withProject(pushed(), async (project) => {
      await project.mustApply();
      expect((await project.check()).exitCode).toBe(0);
      await project.forget("docker_registry_image.r");
      expect(await project.import("docker_registry_image.r", `${repository()}:1.2.3`)).toMatchObject({ exitCode: 0 });
      expect((await project.check()).exitCode).toBe(0);
      const digest = String((await project.values("docker_registry_image.r"))["sha256_digest"]);
      const answer = await registry.call("HEAD", "/v2/dtr/probe/manifests/1.2.3");
      expect((await registry.call("GET", `/v2/dtr/probe/manifests/${digest}`)).status).toBe(200);
      expect(answer.status).toBe(200);

      await remove(`${repository()}:1.2.3`);
      await withProject(images(digest), async (other) => {
        const run = await other.mustApply();
        expect(run.exitCode).toBe(0);
        expect((await find("probe:1"))?.Id).toBe((await other.values("docker_image.tag"))["image_id"]);
        expect(await other.values("docker_image.digest")).toMatchObject({ repo_digest: `${repository()}@${digest}` });
        expect((await other.check()).exitCode).toBe(0);
      });
      expect(await project.destroy()).toMatchObject({ exitCode: 0 });
      expect((await registry.call("GET", `/v2/dtr/probe/manifests/${digest}`)).status).toBe(404);
    });
  });

  it("leaves the image in the registry with keep_remotely, which changes in place", async () => {
    await withProject(pushed(), async (project) => {
      await project.mustApply();
      project.write(pushed("keep_remotely = true"));
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_registry_image.r update"]);
      await project.mustApply();
      expect(await project.destroy()).toMatchObject({ exitCode: 0 });
      expect(await tagsInRegistry()).toEqual(["1.2.3"]);
    });
  });

  it("pushes again when a trigger changes, and when the registry has lost the image", async () => {
    await withProject(pushed('triggers = { content = "a" }'), async (project) => {
      await project.mustApply();
      project.write(pushed('triggers = { content = "b" }'));
      const plan = await project.plan();
      expect(actionsOf(plan.changes)).toEqual(["docker_registry_image.r delete,create"]);
      expect(plan.changes[0]?.replace_paths).toEqual([["triggers"]]);
      await project.mustApply();
      expect((await project.check()).exitCode).toBe(0);
      const digest = String((await project.values("docker_registry_image.r"))["sha256_digest"]);
      await registry.call("DELETE", `/v2/dtr/probe/manifests/${digest}`);
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_registry_image.r create"]);
      await project.mustApply();
      expect((await registry.call("GET", `/v2/dtr/probe/manifests/${digest}`)).status).toBe(200);
    });
  });

  it("shows as drift what another push has put under the tag", async () => {
    await withProject(pushed(), async (project) => {
      await project.mustApply();
      const other = await anotherManifest(registry);
      const { drift, exitCode } = await project.plan();
      expect(drift.map(({ address, after }) => [address, after?.["sha256_digest"]])).toEqual([["docker_registry_image.r", other]]);
      expect(exitCode).toBe(0);
    });
  });

  it("is pulled again, though the engine keeps it, when a trigger follows the registry", async () => {
    await withProject(pushed(), async (project) => {
      await project.mustApply();
      await withProject(following(), async (puller) => {
        await puller.mustApply();
        const before = (await puller.values("docker_image.i"))["image_id"];
        expect((await puller.check()).exitCode).toBe(0);
        const digest = await anotherManifest(registry);
        expect(actionsOf((await puller.plan()).changes)).toEqual(["docker_image.i delete,create"]);
        await puller.mustApply();
        const after = await puller.values("docker_image.i");
        expect(after["image_id"]).not.toBe(before);
        expect(after["repo_digest"]).toBe(`${repository()}@${digest}`);
      });
    });
  });

  it("that cannot be pulled again is used as the engine has it, with a warning", async () => {
    await withProject(pushed("keep_remotely = true"), async (project) => {
      await project.mustApply();
      await registry.close();
      const triggered = `resource "docker_image" "i" {\n name = "${repository()}:1.2.3"\n keep_locally = true\n triggers = { when = "now" }\n}\n`;
      await withProject(triggered, async (puller) => {
        const run = await puller.mustApply();
        expect(flat(run.output)).toContain(`Warning: Image ${repository()}:1.2.3 may be outdated`);
        expect((await puller.values("docker_image.i"))["image_id"]).toBe((await find("probe:1"))?.Id);
      });
      await project.forget("docker_registry_image.r");
    });
  });

  it("tells Terraform's log how far pushing and pulling are", async () => {
    const log = join(tmpdir(), `docker-tiers-test-${process.pid}.log`);
    await withProject(pushed(), async (project) => {
      Object.assign(process.env, { TF_LOG_PROVIDER: "INFO", TF_LOG_PATH: log });
      await project.mustApply();
      await remove(`${repository()}:1.2.3`);
      await withProject(pulled(), async (puller) => {
        await puller.mustApply();
      });
    });
    delete process.env["TF_LOG_PROVIDER"];
    delete process.env["TF_LOG_PATH"];
    const lines = readFileSync(log, "utf8");
    rmSync(log);
    for (const verb of ["pushing", "pulling"])
      expect(lines).toMatch(new RegExp(`\\[INFO\\] +provider[^\\n]*: ${verb} ${repository()}:1.2.3: progress=`));
  });

  it("fails when the engine does not have the image, and says what makes it", async () => {
    await withProject(`resource "docker_registry_image" "r" {\n name = "${repository()}:edge"\n}\n`, async (project) => {
      expect(flat((await project.apply()).output)).toContain(
        `push must succeed, got: An image does not exist locally with the tag: ${repository()}; build it, or give it this name on the engine at unix:///var/run/docker.sock with docker_tag`,
      );
    });
  });

  it("fails to remove what the registry does not give up, and says how to leave it", async () => {
    await registry.close();
    registry = await startRegistry({ removal: false });
    await withProject(pushed(), async (project) => {
      await project.mustApply();
      expect(flat((await project.destroy()).output)).toContain(
        "the registry must allow images to be removed, got: UNSUPPORTED: The operation is unsupported.; allow it there, or set keep_remotely to leave the image",
      );
      project.write(pushed("keep_remotely = true"));
      await project.mustApply();
      expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    });
  });
});

describe("the data sources of a registry", () => {
  it("tell digest, tags and platforms of an image", async () => {
    await withProject(pushed(), async (project) => {
      await project.mustApply();
      const digest = String((await project.values("docker_registry_image.r"))["sha256_digest"]);
      for (const tag of ["1.10.0", "1.9.0", "1.10.0-rc.1", "latest"]) await retag(registry, "1.2.3", tag);
      await withProject(lookups("1.2.3"), async (other) => {
        await other.mustApply();
        expect(await other.values("data.docker_registry_image.i")).toMatchObject({ id: digest, sha256_digest: digest });
        expect((await other.values("data.docker_registry_image_tags.all"))["tags"]).toEqual([
          "1.10.0",
          "1.10.0-rc.1",
          "1.2.3",
          "1.9.0",
          "latest",
        ]);
        expect((await other.values("data.docker_registry_image_tags.stable"))["tags"]).toEqual(["1.2.3", "1.9.0", "1.10.0"]);
        expect(await other.values("data.docker_registry_image_manifests.m")).toMatchObject({
          id: "dtr/probe:1.2.3",
          manifests: [{ architecture: "amd64", os: "linux", media_type: MANIFEST, sha256_digest: digest }],
        });
        expect((await other.check()).exitCode).toBe(0);
      });
    });
  });

  it("tell the platforms of an index, of which a pull takes the one that is asked for", async () => {
    await withProject(pushed(), async (project) => {
      await project.mustApply();
      const other = await anotherManifest(registry, "arm64");
      await putIndex(registry, String((await project.values("docker_registry_image.r"))["id"]), other);
      await withProject(lookups("multi"), async (reader) => {
        await reader.mustApply();
        const found = (await reader.values("data.docker_registry_image_manifests.m"))["manifests"] as { architecture: string }[];
        expect(found.map(({ architecture }) => architecture).sort()).toEqual(["amd64", "arm64"]);
      });
      await withProject(
        `resource "docker_image" "i" {\n name = "${repository()}:multi"\n platform = "linux/arm64"\n}\n`,
        async (puller) => {
          await puller.mustApply();
          expect(await find(`${repository()}:multi`)).toMatchObject({ Architecture: "arm64" });
          expect((await puller.check()).exitCode).toBe(0);
        },
      );
    });
  });

  it("fails when the registry does not have the image", async () => {
    await withProject(`data "docker_registry_image" "i" {\n name = "${repository()}:none"\n}\n`, async (project) => {
      expect(flat((await project.plan()).output)).toContain(
        `Error: Image ${repository()}:none is not in its registry with data.docker_registry_image.i, on main.tf line 9, in data "docker_registry_image" "i": 9: name = "${repository()}:none" name must be an image in ${registry.address}, got: `,
      );
    });
  });

  it("fails when no registry answers", async () => {
    await withProject('data "docker_registry_image" "i" {\n name = "127.0.0.1:1/dtr/none:1"\n}\n', async (project) => {
      expect(flat((await project.plan()).output)).toContain(
        "127.0.0.1:1 must answer, got: no registry answers at http://127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1",
      );
    });
  });
});

const pulled = (): string => `
resource "docker_image" "i" {
  name = "${repository()}:1.2.3"
}
`;

const following = (): string => `
data "docker_registry_image" "r" {
  name = "${repository()}:1.2.3"
}
resource "docker_image" "i" {
  name          = data.docker_registry_image.r.name
  pull_triggers = [data.docker_registry_image.r.sha256_digest]
  keep_locally  = true
}
`;

const images = (digest: string): string => `
resource "docker_image" "tag" {
  name         = "${repository()}:1.2.3"
}
resource "docker_image" "digest" {
  name       = "${repository()}@${digest}"
  depends_on = [docker_image.tag]
}
`;

const lookups = (tag: string): string => `
data "docker_registry_image" "i" {
  name = "${repository()}:${tag}"
}
data "docker_registry_image_tags" "all" {
  name = "${repository()}"
}
data "docker_registry_image_tags" "stable" {
  name          = "${repository()}"
  strict_semver = true
}
data "docker_registry_image_manifests" "m" {
  name = "${repository()}:${tag}"
}
`;
