import type { ImageInspect } from "../../provider/resources/container-api";
import { engine, withLaunches } from "./container-project";
import { anotherManifest, manifestOf, putIndex, retag } from "./registry-manifests";
import { flat, pushed, registryPerTest } from "./registry-project";

jest.setTimeout(180_000);

const registry = registryPerTest();

describe("the data sources of a registry", () => {
  it("tell digest, tags and platforms of an image", async () => {
    await withLaunches(pushed(registry.repository), async (project) => {
      await project.mustApply();
      const digest = String((await project.values("docker_registry_image.r"))["sha256_digest"]);
      const { type } = await manifestOf(registry.server, digest);
      for (const tag of ["1.10.0", "1.9.0", "1.10.0-rc.1", "latest"]) await retag(registry.server, "1.2.3", tag);
      await withLaunches(lookups("1.2.3"), async (other) => {
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
          manifests: [{ architecture: "amd64", os: "linux", media_type: type, sha256_digest: digest }],
        });
        expect((await other.check()).exitCode).toBe(0);
      });
    });
  });

  it("tell the platforms of an index, of which a pull takes the one that is asked for", async () => {
    await withLaunches(pushed(registry.repository), async (project) => {
      await project.mustApply();
      const other = await anotherManifest(registry.server, "arm64");
      await putIndex(registry.server, String((await project.values("docker_registry_image.r"))["id"]), other);
      await withLaunches(lookups("multi"), async (reader) => {
        await reader.mustApply();
        const found = (await reader.values("data.docker_registry_image_manifests.m"))["manifests"] as { architecture: string }[];
        expect(found.map(({ architecture }) => architecture).sort()).toEqual(["amd64", "arm64"]);
      });
      await withLaunches(
        `resource "docker_image" "i" {\n name = "${registry.repository}:multi"\n platform = "linux/arm64"\n}\n`,
        async (puller) => {
          await puller.mustApply();
          // The containerd image store may have the other platforms, too.
          const query = { platform: { os: "linux", architecture: "arm64" } };
          expect(await engine.get<ImageInspect>(`/images/${registry.repository}:multi/json`, { query })).toMatchObject({
            Architecture: "arm64",
          });
          expect((await puller.check()).exitCode).toBe(0);
        },
      );
    });
  });

  it("fails when the registry does not have the image", async () => {
    await withLaunches(`data "docker_registry_image" "i" {\n name = "${registry.repository}:none"\n}\n`, async (project) => {
      expect(flat((await project.plan()).output)).toContain(
        `Error: Image ${registry.repository}:none is not in its registry with data.docker_registry_image.i, on main.tf line 9, in data "docker_registry_image" "i": 9: name = "${registry.repository}:none" name must be an image in ${registry.server.address}, got: `,
      );
    });
  });

  it("fails when no registry answers", async () => {
    await withLaunches('data "docker_registry_image" "i" {\n name = "127.0.0.1:1/dtr/none:1"\n}\n', async (project) => {
      expect(flat((await project.plan()).output)).toContain(
        "127.0.0.1:1 must answer, got: no registry answers at http://127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1",
      );
    });
  });
});

const lookups = (tag: string): string => `
data "docker_registry_image" "i" {
  name = "${registry.repository}:${tag}"
}
data "docker_registry_image_tags" "all" {
  name = "${registry.repository}"
}
data "docker_registry_image_tags" "stable" {
  name          = "${registry.repository}"
  strict_semver = true
}
data "docker_registry_image_manifests" "m" {
  name = "${registry.repository}:${tag}"
}
`;
