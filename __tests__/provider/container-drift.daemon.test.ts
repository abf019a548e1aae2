import { actionsOf, configuration, engine, inspect, mustApplyPlan, NAME, withProject } from "./container-project";
import { buildProbeImages } from "./probe-image";

jest.setTimeout(180_000);

beforeAll(buildProbeImages);
afterAll(() => engine.close());

describe("drift", () => {
  it("a removed container is created again", async () => {
    await withProject(configuration(), async (project) => {
      await project.mustApply();
      await engine.delete(`/containers/${NAME}`, { query: { force: true } });
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_container.c create"]);
      await mustApplyPlan(project);
      expect((await project.check()).exitCode).toBe(0);
    });
  });

  it.each(["stop", "pause"])("a container after %s runs again, the same one", async (verb) => {
    await withProject(configuration(), async (project) => {
      await project.mustApply();
      const { Id } = await inspect(NAME);
      await engine.post(`/containers/${NAME}/${verb}`, { query: verb === "stop" ? { t: 0 } : {} });
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_container.c update"]);
      await mustApplyPlan(project);
      expect(await inspect(NAME)).toMatchObject({ Id, State: { Running: true, Paused: false } });
      expect(await project.values("docker_container.c")).toMatchObject({
        exit_code: null,
        network_data: [{ network_name: `${NAME}-net`, ip_address: expect.stringMatching(/^\d+\./) as string }],
      });
      expect((await project.check()).exitCode).toBe(0);
    });
  });

  it("a network that it was taken out of, or put into, or whose aliases it lost is mended without a restart", async () => {
    await withProject(configuration(), async (project) => {
      await project.mustApply();
      const before = await inspect(NAME);
      const network = `/networks/${NAME}-net`;
      const mend = async (): Promise<void> => {
        expect(actionsOf((await project.plan()).changes)).toEqual(["docker_container.c update"]);
        await mustApplyPlan(project);
        const after = await inspect(NAME);
        expect(after).toMatchObject({ Id: before.Id, State: { StartedAt: before.State.StartedAt } });
        expect(Object.keys(after.NetworkSettings.Networks ?? {})).toEqual([`${NAME}-net`]);
        expect(after.NetworkSettings.Networks?.[`${NAME}-net`]?.Aliases).toContain("life");
        expect((await project.check()).exitCode).toBe(0);
      };
      await engine.post(`${network}/disconnect`, { body: { Container: NAME } });
      await mend();
      await engine.post(`${network}/disconnect`, { body: { Container: NAME } });
      await engine.post(`${network}/connect`, { body: { Container: NAME } });
      await mend();
      await engine.post("/networks/bridge/connect", { body: { Container: NAME } });
      await mend();
    });
  });

  it("a network that the configuration adds replaces the container, as on the public provider", async () => {
    await withProject(configuration(), async (project) => {
      await project.mustApply();
      project.write(
        `${configuration("networks_advanced {\n name = docker_network.m.name\n }")}resource "docker_network" "m" {\n name = "${NAME}-more"\n}\n`,
      );
      await project.mustApply("-target=docker_network.m");
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_container.c delete,create"]);
    });
  });
});
