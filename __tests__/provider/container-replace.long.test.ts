import { actionsOf, engine, inspect, mustApplyPlan, NAME, withProject } from "./container-project";
import { buildProbeImages } from "./probe-image";

jest.setTimeout(180_000);

beforeAll(buildProbeImages);
afterAll(() => engine.close());

/** A job that a deploy waits for, and a container that comes after it. */
const configuration = (job: string, value: string, command = "sleep 600"): string => `
resource "docker_container" "job" {
  name     = "${NAME}-job"
  image    = "probe:1"
  command  = ["sh", "-c", "${job}"]
  must_run = false
  attach   = true
  restart  = "no"
}
resource "docker_container" "c" {
  name       = "${NAME}"
  image      = "probe:1"
  env        = ["VALUE=${value}"]
  command    = ["sh", "-c", "${command}"]
  depends_on = [docker_container.job]
  dynamic "labels" {
    for_each = { "docker-tiers.replace" = "within-update", "docker-tiers.stack" = "dtc-life", "docker-tiers.path" = "dtc-life/Web" }
    content {
      label = labels.key
      value = labels.value
    }
  }
}
`;

describe("a container that is replaced within an update", () => {
  it("is made anew after what it depends on, and plans nothing then", async () => {
    await withProject(configuration("true", "1"), async (project) => {
      await project.mustApply();
      const before = await inspect(NAME);
      project.write(configuration("true; true", "2"));
      expect(actionsOf((await project.plan()).changes).sort()).toEqual(["docker_container.c update", "docker_container.job delete,create"]);
      await mustApplyPlan(project);
      const after = await inspect(NAME);
      expect(after.Id).not.toBe(before.Id);
      expect(after.Config.Env).toContain("VALUE=2");
      expect((await project.check()).exitCode).toBe(0);
    });
  });

  it("stays as it is when what it depends on fails", async () => {
    await withProject(configuration("true", "1"), async (project) => {
      await project.mustApply();
      const before = await inspect(NAME);
      project.write(configuration("echo broken; false", "2"));
      const { exitCode, output } = await project.apply();
      expect(exitCode).not.toBe(0);
      expect(output).toContain("broken");
      const after = await inspect(NAME);
      expect([after.Id, after.State.StartedAt]).toEqual([before.Id, before.State.StartedAt]);
    });
  });

  it("without the label is removed meanwhile", async () => {
    const plain = (...args: Parameters<typeof configuration>): string => configuration(...args).replace('"within-update"', '"first"');
    await withProject(plain("true", "1"), async (project) => {
      await project.mustApply();
      project.write(plain("echo broken; false", "2"));
      expect((await project.apply()).exitCode).not.toBe(0);
      expect(await engine.find(`/containers/${NAME}/json`)).toBeUndefined();
    });
  });

  it("is made anew by the next apply when the new one fails, and is in the state meanwhile", async () => {
    await withProject(configuration("true", "1"), async (project) => {
      await project.mustApply();
      project.write(configuration("true", "2", "exit 3"));
      expect((await project.apply()).exitCode).not.toBe(0);
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_container.c update"]);
      project.write(configuration("true", "3"));
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_container.c update"]);
      await mustApplyPlan(project);
      expect((await inspect(NAME)).Config.Env).toContain("VALUE=3");
      expect((await project.check()).exitCode).toBe(0);
    });
  });
});
