import { engine, withProject } from "./container-project";

jest.setTimeout(120_000);

afterAll(() => engine.close());

const ipvlan = (mode: string): string => `
resource "docker_network" "n" {
  name    = "dtn-require"
  driver  = "ipvlan"
  options = { parent = "lo", ipvlan_mode = "${mode}" }
}
`;

describe("a mode of an ipvlan that not every engine knows", () => {
  it("is planned where the engine knows it, and refused in the plan where it does not", async () => {
    const isKnown = await engine.supports("1.42");
    await withProject(ipvlan("l3s"), async (project) => {
      const plan = await project.plan();
      expect([plan.exitCode, plan.output.includes("The engine is too old")]).toEqual(isKnown ? [2, false] : [1, true]);
      project.write(ipvlan("l3"));
      expect((await project.plan()).exitCode).toBe(2);
    });
  });
});
