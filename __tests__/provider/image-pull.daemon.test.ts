import type { ImageInspect } from "../../provider/resources/container-api";
import { actionsOf, engine, withLaunches, withProject } from "./container-project";
import { flat, pushed, registryPerTest } from "./registry-project";

jest.setTimeout(180_000);

const registry = registryPerTest();

const find = (name: string): Promise<ImageInspect | undefined> => engine.find<ImageInspect>(`/images/${name}/json`);

describe("an image of a registry", () => {
  it("is pushed, plans nothing afterwards, is imported, pulled by tag and by digest, and removed from the registry", async () => {
    await withProject(pushed(registry.repository), async (project) => {
      await project.mustApply();
      expect((await project.check()).exitCode).toBe(0);
      await project.forget("docker_registry_image.r");
      expect(await project.import("docker_registry_image.r", `${registry.repository}:1.2.3`)).toMatchObject({ exitCode: 0 });
      expect((await project.check()).exitCode).toBe(0);
      project.write(pushed(registry.repository, "keep_remotely = true\ninsecure_skip_verify = true"));
      expect((await project.check()).exitCode).toBe(0);
      project.write(pushed(registry.repository, 'triggers = { content = "a" }'));
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_registry_image.r update"]);
      // An image that was imported stays in the registry, unless the configuration says otherwise.
      project.write(pushed(registry.repository, "keep_remotely = false"));
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_registry_image.r update"]);
      await project.mustApply();
      const digest = String((await project.values("docker_registry_image.r"))["sha256_digest"]);
      const answer = await registry.server.call("HEAD", "/v2/dtr/probe/manifests/1.2.3");
      expect((await registry.server.call("GET", `/v2/dtr/probe/manifests/${digest}`)).status).toBe(200);
      expect(answer.status).toBe(200);

      await engine.delete(`/images/${registry.repository}:1.2.3`);
      await withLaunches(images(digest), async (other) => {
        const run = await other.mustApply();
        expect(run.exitCode).toBe(0);
        expect((await find("probe:1"))?.Id).toBe((await other.values("docker_image.tag"))["image_id"]);
        expect(await other.values("docker_image.digest")).toMatchObject({ repo_digest: `${registry.repository}@${digest}` });
        expect((await other.check()).exitCode).toBe(0);
      });
      expect(await project.destroy()).toMatchObject({ exitCode: 0 });
      expect((await registry.server.call("GET", `/v2/dtr/probe/manifests/${digest}`)).status).toBe(404);
    });
  });

  it("that cannot be pulled again is used as the engine has it, with a warning", async () => {
    await withLaunches(pushed(registry.repository, "keep_remotely = true"), async (project) => {
      await project.mustApply();
      await registry.server.close();
      const triggered = `resource "docker_image" "i" {\n name = "${registry.repository}:1.2.3"\n keep_locally = true\n triggers = { when = "now" }\n}\n`;
      await withLaunches(triggered, async (puller) => {
        const run = await puller.mustApply();
        expect(flat(run.output)).toContain(`Warning: Image ${registry.repository}:1.2.3 may be outdated`);
        expect((await puller.values("docker_image.i"))["image_id"]).toBe((await find("probe:1"))?.Id);
      });
      await project.forget("docker_registry_image.r");
    });
  });
});

const images = (digest: string): string => `
resource "docker_image" "tag" {
  name         = "${registry.repository}:1.2.3"
}
resource "docker_image" "digest" {
  name       = "${registry.repository}@${digest}"
  depends_on = [docker_image.tag]
}
`;
