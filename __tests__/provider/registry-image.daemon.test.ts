import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { actionsOf, engine, withLaunches } from "./container-project";
import { anotherManifest } from "./registry-manifests";
import { flat, pushed, registryPerTest } from "./registry-project";
import { startRegistry } from "./registry-server";
import { HOST, storesManifests } from "./test-engine";

jest.setTimeout(180_000);

const registry = registryPerTest();

const remove = (name: string): Promise<unknown> => engine.delete(`/images/${name}`).catch(() => undefined);

async function tagsInRegistry(): Promise<readonly string[] | undefined> {
  const answer = await registry.server.call("GET", "/v2/dtr/probe/tags/list");
  return ((await answer.json()) as { tags?: string[] }).tags ?? undefined;
}

describe("docker_registry_image", () => {
  it("leaves the image in the registry with keep_remotely, which changes in place", async () => {
    await withLaunches(pushed(registry.repository), async (project) => {
      await project.mustApply();
      project.write(pushed(registry.repository, "keep_remotely = true"));
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_registry_image.r update"]);
      await project.mustApply();
      expect(await project.destroy()).toMatchObject({ exitCode: 0 });
      expect(await tagsInRegistry()).toEqual(["1.2.3"]);
    });
  });

  it("pushes again when a trigger changes, and when the registry has lost the image", async () => {
    await withLaunches(pushed(registry.repository, 'triggers = { content = "a" }'), async (project) => {
      await project.mustApply();
      project.write(pushed(registry.repository, 'triggers = { content = "b" }'));
      const plan = await project.plan();
      expect(actionsOf(plan.changes)).toEqual(["docker_registry_image.r delete,create"]);
      expect(plan.changes[0]?.replace_paths).toEqual([["triggers"]]);
      await project.mustApply();
      expect((await project.check()).exitCode).toBe(0);
      const digest = String((await project.values("docker_registry_image.r"))["sha256_digest"]);
      await registry.server.call("DELETE", `/v2/dtr/probe/manifests/${digest}`);
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_registry_image.r create"]);
      await project.mustApply();
      expect((await registry.server.call("GET", `/v2/dtr/probe/manifests/${digest}`)).status).toBe(200);
    });
  });

  it("shows as drift, with a warning, what another push has put under the tag", async () => {
    await withLaunches(pushed(registry.repository), async (project) => {
      await project.mustApply();
      expect((await project.plan()).output).not.toContain("pushed over");
      const other = await anotherManifest(registry.server);
      const digest = String((await project.values("docker_registry_image.r"))["sha256_digest"]);
      const { drift, exitCode, output } = await project.plan();
      const name = `${registry.repository}:1.2.3`;
      expect(flat(output)).toContain(
        `${name} must stand for ${digest}, which was pushed, got ${other}: somebody else has pushed to it; \`terraform apply -replace\` or another value of triggers pushes again`,
      );
      expect(drift.map(({ address, after }) => [address, after?.["sha256_digest"]])).toEqual([["docker_registry_image.r", other]]);
      expect(exitCode).toBe(0);
    });
  });

  it("is pulled again, though the engine keeps it, when a trigger follows the registry", async () => {
    await withLaunches(pushed(registry.repository), async (project) => {
      await project.mustApply();
      await withLaunches(following(), async (puller) => {
        await puller.mustApply();
        const before = (await puller.values("docker_image.i"))["image_id"];
        expect((await puller.check()).exitCode).toBe(0);
        const digest = await anotherManifest(registry.server);
        expect(actionsOf((await puller.plan()).changes)).toEqual(["docker_image.i delete,create"]);
        await puller.mustApply();
        const after = await puller.values("docker_image.i");
        expect(after["image_id"]).not.toBe(before);
        expect(after["repo_digest"]).toBe(`${registry.repository}@${digest}`);
      });
    });
  });

  it("tells Terraform's log how far pushing and pulling are", async () => {
    const log = join(tmpdir(), `docker-tiers-test-${process.pid}.log`);
    await withLaunches(pushed(registry.repository), async (project) => {
      Object.assign(process.env, { TF_LOG_PROVIDER: "INFO", TF_LOG_PATH: log });
      await project.mustApply();
      await remove(`${registry.repository}:1.2.3`);
      await withLaunches(pulled(), async (puller) => {
        await puller.mustApply();
      });
    });
    delete process.env["TF_LOG_PROVIDER"];
    delete process.env["TF_LOG_PATH"];
    const lines = readFileSync(log, "utf8");
    rmSync(log);
    for (const verb of ["pushing", "pulling"])
      expect(lines).toMatch(new RegExp(`\\[INFO\\] +provider[^\\n]*: ${verb} ${registry.repository}:1.2.3: progress=`));
  });

  it("fails when the engine does not have the image, and says what makes it", async () => {
    await withLaunches(`resource "docker_registry_image" "r" {\n name = "${registry.repository}:edge"\n}\n`, async (project) => {
      // The engine's own words, by image store.
      const reason = (await storesManifests(engine))
        ? `tag does not exist: ${registry.repository}:edge`
        : `An image does not exist locally with the tag: ${registry.repository}`;
      expect(flat((await project.apply()).output)).toContain(
        `push must succeed, got: ${reason}; build it, or give it this name on the engine at ${HOST} with docker_tag`,
      );
    });
  });

  it("fails to remove what the registry does not give up, and says how to leave it", async () => {
    await registry.server.close();
    registry.server = await startRegistry({ removal: false });
    await withLaunches(pushed(registry.repository), async (project) => {
      await project.mustApply();
      expect(flat((await project.destroy()).output)).toContain(
        "the registry must allow images to be removed, got: UNSUPPORTED: The operation is unsupported.; allow it there, or set keep_remotely to leave the image",
      );
      project.write(pushed(registry.repository, "keep_remotely = true"));
      await project.mustApply();
      expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    });
  });
});

const following = (): string => `
data "docker_registry_image" "r" {
  name = "${registry.repository}:1.2.3"
}
resource "docker_image" "i" {
  name          = data.docker_registry_image.r.name
  pull_triggers = [data.docker_registry_image.r.sha256_digest]
  keep_locally  = true
}
`;

const pulled = (): string => `
resource "docker_image" "i" {
  name = "${registry.repository}:1.2.3"
}
`;
