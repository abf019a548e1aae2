import { buildProbeImages } from "./probe-image";
import { TerraformProject } from "./terraform";

const IMAGE = `
resource "docker_image" "probe" {
  name         = "probe:1"
  keep_locally = true
}
`;

jest.setTimeout(120_000);

describe("docker_container", () => {
  beforeAll(buildProbeImages);
  it("smoke", async () => {
    const project = await TerraformProject.create(`${IMAGE}
resource "docker_container" "c" {
  name  = "h2-smoke"
  image = docker_image.probe.image_id
}
`);
    try {
      console.log((await project.apply()).output);
      console.log(JSON.stringify(await project.values("docker_container.c")));
      const again = await project.plan();
      console.log(again.output);
      expect(again.exitCode).toBe(0);
    } finally {
      await project.close();
    }
  });
});
