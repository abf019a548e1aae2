import { actionsOf, configuration, engine, inspect, mustApplyPlan, NAME, withProject } from "./container-project";
import { buildProbeImages } from "./probe-image";

jest.setTimeout(180_000);

beforeAll(buildProbeImages);
afterAll(() => engine.close());

describe("changes in place", () => {
  it("restart policy, memory, CPU and pids change while the container runs, and read back", async () => {
    const limits = (memory: number, pids: number, restart: string): string =>
      `memory = ${memory}\n memory_swap = ${memory}\n cpu_shares = 512\n cpu_quota = 50000\n cpu_period = 100000\n cpu_set = "0"\n pids_limit = ${pids}\n restart = "${restart}"`;
    await withProject(configuration(limits(64, 50, "no")), async (project) => {
      await project.mustApply();
      const before = await inspect(NAME);
      project.write(configuration(limits(96, 60, "unless-stopped")));
      const plan = await project.plan();
      expect(actionsOf(plan.changes)).toEqual(["docker_container.c update"]);
      await project.mustApply();
      const after = await inspect(NAME);
      expect(after.Id).toBe(before.Id);
      expect(after.State.StartedAt).toBe(before.State.StartedAt);
      expect(after.HostConfig).toMatchObject({
        Memory: 96 * 2 ** 20,
        MemorySwap: 96 * 2 ** 20,
        PidsLimit: 60,
        RestartPolicy: { Name: "unless-stopped" },
      });
      expect((await project.check()).exitCode).toBe(0);
    });
  });

  it("limits that somebody else has changed are mended at once, while the container runs", async () => {
    const limits = { Memory: 64 * 2 ** 20, MemorySwap: 64 * 2 ** 20, CpuShares: 512, CpuQuota: 50_000, CpuPeriod: 100_000, PidsLimit: 50 };
    const others = { Memory: 32 * 2 ** 20, MemorySwap: 32 * 2 ** 20, CpuShares: 256, CpuQuota: 40_000, CpuPeriod: 50_000, PidsLimit: 10 };
    const text = "memory = 64\n memory_swap = 64\n cpu_shares = 512\n cpu_quota = 50000\n cpu_period = 100000\n pids_limit = 50";
    await withProject(configuration(`${text}\n restart = "unless-stopped"`), async (project) => {
      await project.mustApply();
      const { Id, State } = await inspect(NAME);
      await engine.post(`/containers/${NAME}/update`, { body: { ...others, RestartPolicy: { Name: "always" } } });
      expect((await inspect(NAME)).HostConfig).toMatchObject(others);
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_container.c update"]);
      await mustApplyPlan(project);
      const after = await inspect(NAME);
      expect(after).toMatchObject({ Id, State: { StartedAt: State.StartedAt } });
      expect(after.HostConfig).toMatchObject({ ...limits, RestartPolicy: { Name: "unless-stopped" } });
      expect((await project.check()).exitCode).toBe(0);
    });
  });

  it("how terraform treats it changes without a call to the engine", async () => {
    await withProject(configuration(), async (project) => {
      await project.mustApply();
      const before = await inspect(NAME);
      project.write(configuration("wait_timeout = 90\n destroy_grace_seconds = 1\n remove_volumes = false"));
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_container.c update"]);
      await mustApplyPlan(project);
      expect(await inspect(NAME)).toMatchObject({ Id: before.Id, State: { StartedAt: before.State.StartedAt } });
      expect((await project.check()).exitCode).toBe(0);
    });
  });

  it("a limit that is taken away replaces the container, since the engine cannot", async () => {
    await withProject(configuration("memory = 64\n memory_swap = 64"), async (project) => {
      await project.mustApply();
      project.write(configuration());
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_container.c delete,create"]);
      await mustApplyPlan(project);
      expect((await inspect(NAME)).HostConfig.Memory).toBe(0);
      expect((await project.check()).exitCode).toBe(0);
    });
  });

  it("durations that mean the same are no change, a changed health check is a replacement", async () => {
    const health = (interval: string): string => `healthcheck {\n test = ["CMD", "true"]\n interval = "${interval}"\n }`;
    await withProject(configuration(health("90s")), async (project) => {
      await project.mustApply();
      expect((await project.check()).exitCode).toBe(0);
      project.write(configuration(health("1m30s")));
      expect((await project.check()).exitCode).toBe(0);
      project.write(configuration(health("1m31s")));
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_container.c delete,create"]);
    });
  });

  it("an image that is given by name and by id is the same one", async () => {
    const byId = configuration().replace('"probe:1"', `"${(await engine.get<{ Id: string }>("/images/probe:1/json")).Id}"`);
    await withProject(configuration(), async (project) => {
      await project.mustApply();
      project.write(byId);
      expect((await project.check()).exitCode).toBe(0);
    });
  });
});
