import { caseProject, caseStep } from "./conformance/recording";
import { configuration, engine, inspect, withProject } from "./container-project";
import { buildProbeImages } from "./probe-image";

jest.setTimeout(180_000);

beforeAll(buildProbeImages);
afterAll(() => engine.close());

describe("import", () => {
  it.each(["container-minimal", "container-full"])("%s: the plan after it is empty", async (name) => {
    const project = await caseProject(name);
    try {
      await project.mustApply();
      const { id } = await project.values("docker_container.c");
      expect((await project.forget("docker_container.c")).exitCode).toBe(0);
      const run = await project.import("docker_container.c", String(id));
      expect(run).toMatchObject({ exitCode: 0 });
      const plan = await project.plan();
      expect(plan).toMatchObject({ changes: [], exitCode: 0 });
      project.write(caseStep(name, 1).replace(/^ *image += .*image_id$/m, "$&\n  memory_reservation = 8"));
      await project.mustApply();
      expect(await inspect(String(id))).toMatchObject({ Id: id });
      expect((await project.check()).exitCode).toBe(0);
      expect(await project.values("docker_container.c")).toMatchObject(
        name === "container-full" ? { wait: true, wait_timeout: 30, destroy_grace_seconds: 5 } : { wait: false },
      );
    } finally {
      await project.close();
    }
  });

  it("fails with the ways to find an id", async () => {
    await withProject(configuration(), async (project) => {
      const { exitCode, output } = await project.import("docker_container.c", "dtc-nothing");
      expect(exitCode).toBe(1);
      expect(output).toContain('id must be the id or name of a container on the engine, got "dtc-nothing";');
    });
  });
});
