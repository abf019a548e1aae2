import type { ContainerInspect } from "../../provider/resources/container-api";
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

const VOLUME_OPTIONS = `
resource "docker_container" "c" {
  name  = "dtc-require"
  image = "probe:1"
  mounts {
    type   = "volume"
    source = "dtc-require"
    target = "/data"
    volume_options {
      no_copy = true
    }
  }
}
`;

describe("volume_options of a mount", () => {
  afterEach(() => engine.delete("/volumes/dtc-require"));

  it("are given to an engine of any age, and nothing is planned afterwards", async () => {
    await withProject(VOLUME_OPTIONS, async (project) => {
      expect(await project.apply()).toMatchObject({ exitCode: 0 });
      const { HostConfig } = await engine.get<ContainerInspect>("/containers/dtc-require/json");
      expect(HostConfig.Mounts).toMatchObject([{ VolumeOptions: { NoCopy: true } }]);
      expect((await project.check()).exitCode).toBe(0);
    });
  });
});
