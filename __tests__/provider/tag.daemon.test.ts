import { actionsOf, engine, withProject } from "./container-project";
import { buildProbeImages } from "./probe-image";
import { HOST } from "./test-engine";

jest.setTimeout(120_000);

const TARGET = "dt-tag:1";
const OTHER = "dt-tag-other:1";
const find = (name: string): Promise<{ Id: string } | undefined> => engine.find<{ Id: string }>(`/images/${name}/json`);
const remove = async (name: string): Promise<void> => {
  if (await find(name)) await engine.delete(`/images/${name}`);
};

const tagged = (triggers = "", source = "probe:1"): string => `
resource "docker_tag" "t" {
  source_image = "${source}"
  target_image = "${TARGET}"
  ${triggers}
}
`;

beforeAll(buildProbeImages);

afterEach(async () => {
  await remove(TARGET);
  await remove(OTHER);
});

afterAll(() => engine.close());

describe("docker_tag", () => {
  it("gives an image a name, leaves it when destroyed, and is imported by both names", async () => {
    await withProject(tagged(), async (project) => {
      await project.mustApply();
      const id = (await find("probe:1"))?.Id;
      expect(await project.values("docker_tag.t")).toEqual({
        id: `probe:1.${TARGET}`,
        source_image: "probe:1",
        target_image: TARGET,
        source_image_id: id,
        tag_triggers: null,
      });
      expect((await find(TARGET))?.Id).toBe(id);
      expect((await project.check()).exitCode).toBe(0);
      await project.forget("docker_tag.t");
      expect(await project.import("docker_tag.t", `probe:1,${TARGET}`)).toMatchObject({ exitCode: 0 });
      expect((await project.check()).exitCode).toBe(0);
      expect(await project.destroy()).toMatchObject({ exitCode: 0 });
      expect((await find(TARGET))?.Id).toBe(id);
    });
  });

  it("plans to give the name again when it is gone, stands for another image, or a trigger changes", async () => {
    await withProject(tagged('tag_triggers = ["a"]'), async (project) => {
      await project.mustApply();
      await remove(TARGET);
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_tag.t create"]);
      await buildOther();
      await engine.post(`/images/${OTHER}/tag`, { query: { repo: "dt-tag", tag: "1" } });
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_tag.t create"]);
      await project.mustApply();
      expect((await find(TARGET))?.Id).toBe((await find("probe:1"))?.Id);
      project.write(tagged('tag_triggers = ["b"]'));
      const { changes } = await project.plan();
      expect(changes.map(({ replace_paths }) => replace_paths)).toEqual([[["tag_triggers"]]]);
      project.write(tagged('tag_triggers = ["a"]', OTHER));
      expect((await project.plan()).changes.map(({ replace_paths }) => replace_paths)).toEqual([[["source_image"]]]);
    });
  });

  it("fails where the image is not, and on import ids that are none", async () => {
    const flat = (output: string): string => output.replace(/[\s│╷╵]+/g, " ");
    await withProject(tagged("", "dt-tag-none:1"), async (project) => {
      expect(flat((await project.apply()).output)).toContain(
        `source_image must be an image on the engine at ${HOST}, got "dt-tag-none:1", which it does not have`,
      );
      expect(flat((await project.import("docker_tag.t", "probe:1")).output)).toContain(
        'the import id must be SOURCE,TARGET (two image names), got "probe:1"',
      );
      expect(flat((await project.import("docker_tag.t", `probe:1,${TARGET}`)).output)).toContain(
        `target_image must name the image of probe:1 to be imported, got "${TARGET}", which does not; \`docker tag probe:1 ${TARGET}\` makes it so`,
      );
    });
  });
});

/** An image with another configuration. */
async function buildOther(): Promise<void> {
  const created = await engine.post<{ Id: string }>("/containers/create", { body: { Image: "probe:1" } });
  const [repo, tag] = OTHER.split(":");
  await engine.post("/commit", { query: { container: created.Id, repo, tag, comment: "other" }, body: {} });
  await engine.delete(`/containers/${created.Id}`);
}
