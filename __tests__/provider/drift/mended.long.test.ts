import { buildProbeImages } from "../probe-image";
import { TerraformProject } from "../terraform";
import type { SeenEntry } from "./case";
import { engine, makeSurroundings, removeContainer, removeSurroundings } from "./container-subject";
import { ACTS, CONFIGURATIONS, seenOf } from "./mend-cases";
import { isInPlace, mend, mendGroups, planned, writeContainer, type Mend } from "./mend-trial";

jest.setTimeout(300_000);

let project: TerraformProject;

beforeAll(async () => {
  await buildProbeImages();
  await makeSurroundings();
});
afterAll(async () => {
  await removeContainer("drift-renamed");
  await removeSurroundings();
  await engine.close();
});

async function applied(configuration: (typeof CONFIGURATIONS)[string]): Promise<TerraformProject> {
  const fresh = await TerraformProject.running("");
  writeContainer(fresh, configuration);
  await fresh.mustApply();
  return fresh;
}

describe.each(Object.entries(CONFIGURATIONS))("another container in the place of %s", (_name, configuration) => {
  const cases = seenOf(configuration).map((entry) => [entry[0], entry] as const);
  const mends = new Map<string, Mend>();
  let unchanged: number;

  beforeAll(async () => {
    project = await applied(configuration);
    unchanged = (await project.check()).exitCode;
    for (const group of mendGroups(cases.map(([, entry]) => entry)))
      for (const [path, found] of await mend(project, group)) mends.set(path, found);
  });
  afterAll(() => project.close());

  it("plans nothing as long as it is as configured", () => {
    expect(unchanged).toBe(0);
  });

  it.each(cases)("is shown by %s, and mended by one apply", (path, entry: SeenEntry) => {
    const actions = isInPlace(entry) ? ["update"] : ["delete", "create"];
    expect(mends.get(path)).toEqual({ isDrifted: true, isShown: true, actions, isMended: true, planned: 0 });
  });
});

describe("what somebody does to a container", () => {
  it.each(ACTS)("is shown by %s, and mended by one apply", async (_path, { config, act, shown }) => {
    project = await applied(config);
    try {
      expect(await planned(project)).toEqual({ paths: [], actions: [] });
      const id = String((await project.values("docker_container.c"))["id"]);
      const other = await act(id);
      if (other !== undefined) project.rename(id, other);
      const { paths, actions } = await planned(project);
      expect(paths).toEqual(expect.arrayContaining([...(shown?.paths ?? [])]));
      expect(actions).toEqual(shown?.replace.length === 0 ? ["update"] : ["delete", "create"]);
      expect(await project.applyPlan()).toMatchObject({ exitCode: 0 });
      expect((await project.check()).exitCode).toBe(0);
    } finally {
      await project.close();
    }
  });
});
