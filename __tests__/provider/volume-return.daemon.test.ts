import { buildProbeImages } from "./probe-image";
import { engine, withProject } from "./container-project";

jest.setTimeout(120_000);

beforeAll(() => buildProbeImages());
afterAll(() => engine.close());

/** A volume whose name says what is in it, and a container that reads it: as a directory of files is declared. */
const declared = (content: string, image = "probe:1"): string => `
resource "docker_volume" "v" {
  name = "dt-return-${content}"
  labels {
    label = "docker-tiers.stack"
    value = "dt-return"
  }
  labels {
    label = "docker-tiers.path"
    value = "dt-return/Config/Volume"
  }
  lifecycle {
    create_before_destroy = true
  }
}
resource "docker_container" "c" {
  name    = "dt-return-${content}"
  image   = "${image}"
  command = ["sleep", "600"]
  mounts {
    type   = "volume"
    source = docker_volume.v.name
    target = "/config"
  }
  lifecycle {
    create_before_destroy = true
  }
}
`;

it("goes back to a volume that a failed apply has left: it is taken over, and not removed as what came before", async () => {
  await withProject(declared("a"), async (project) => {
    await project.mustApply();
    project.write(declared("b", "localhost:1/dt-absent:1"));
    expect((await project.apply()).exitCode).toBe(1);
    project.write(declared("a"));
    await project.mustApply();
    expect((await project.check()).exitCode).toBe(0);
    const names = (await engine.get<{ Volumes: { Name: string }[] }>("/volumes")).Volumes.map(({ Name }) => Name);
    expect(names.filter((name) => name.startsWith("dt-return-"))).toEqual(["dt-return-a"]);
  });
});
