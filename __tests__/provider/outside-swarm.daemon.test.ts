import { words } from "./swarm-project";
import { TerraformProject } from "./terraform";
import { HOST } from "./test-engine";

jest.setTimeout(120_000);

const RESOURCES = {
  docker_secret: 'name = "dt-outside"\n  data = base64encode("hush")',
  docker_config: 'name = "dt-outside"\n  data_raw = "hello"',
  docker_service: 'name = "dt-outside"\n  task_spec {\n    container_spec {\n      image = "probe:1"\n    }\n  }',
};

describe("an engine that is no swarm manager", () => {
  it("fails to hold services, secrets and configs, and says what to run", async () => {
    const configuration = Object.entries(RESOURCES).map(([type, body]) => `resource "${type}" "x" {\n  ${body}\n}\n`);
    const project = await TerraformProject.running(configuration.join(""));
    try {
      const { exitCode, output } = await project.apply();
      expect(exitCode).toBe(1);
      const detail =
        `services, secrets and configs need an engine that manages a swarm, got ${HOST}, which is in no swarm; ` +
        "run `docker swarm init` there (`--advertise-addr ADDRESS` where it has several), or let `host` of the provider name a manager";
      expect(words(output).split(detail)).toHaveLength(1 + Object.keys(RESOURCES).length);
      expect(words(output)).toContain("Error: The engine is not a swarm manager");
      expect(await project.state()).toEqual([]);
    } finally {
      await project.close();
    }
  });
});
