import { engine, withProject } from "./container-project";
import { buildProbeImages } from "./probe-image";

jest.setTimeout(120_000);

beforeAll(buildProbeImages);
afterAll(() => engine.close());

const CONFIGURATION = `
resource "docker_network" "n" {
  name = "dtc-require"
}
resource "docker_container" "c" {
  name  = "dtc-require"
  image = "probe:1"
  networks_advanced {
    name        = docker_network.n.name
    mac_address = "02:42:ac:7e:00:02"
  }
}
`;

describe("an attribute that not every engine knows", () => {
  it("is planned where the engine does as it says, and refused in the plan where it would not", async () => {
    const isKnown = await engine.supports("1.44");
    await withProject(CONFIGURATION, async (project) => {
      const plan = await project.plan();
      expect(plan.exitCode).toBe(isKnown ? 2 : 1);
      expect(plan.output.includes("The engine is too old")).toBe(!isKnown);
      expect((await project.apply()).exitCode).toBe(isKnown ? 0 : 1);
      expect((await project.check()).exitCode).toBe(isKnown ? 0 : 1);
    });
  });
});
