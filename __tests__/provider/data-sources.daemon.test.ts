import { engine, withProject } from "./container-project";
import { buildProbeImages } from "./probe-image";
import { HOST } from "./test-engine";

jest.setTimeout(120_000);

beforeAll(buildProbeImages);

afterAll(() => engine.close());

const RUNNING = `
resource "docker_network" "n" {
  name   = "dt-data"
  labels {
    label = "dt.test"
    value = "yes"
  }
  ipam_config {
    subnet      = "10.126.0.0/24"
    ip_range    = "10.126.0.128/25"
    aux_address = { printer = "10.126.0.5" }
  }
}
resource "docker_container" "c" {
  name     = "dt-data"
  image    = "probe:1"
  hostname = "data"
  command  = ["sh", "-c", "echo one; echo two >&2; sleep 1; echo three; touch /tmp/written; sleep 600"]
  wait     = true
  healthcheck {
    test     = ["CMD", "test", "-e", "/tmp/written"]
    interval = "1s"
  }
  labels {
    label = "dt.test"
    value = "yes"
  }
  networks_advanced {
    name         = docker_network.n.name
    ipv4_address = "10.126.0.7"
  }
}
`;

const READ = `${RUNNING}
data "docker_network" "n" {
  name       = docker_network.n.name
  depends_on = [docker_container.c]
}
data "docker_containers" "all" {
  depends_on = [docker_container.c]
}
data "docker_logs" "all" {
  name = docker_container.c.name
}
data "docker_logs" "last" {
  name        = docker_container.c.name
  show_stderr = false
  tail        = "1"
}
data "docker_logs" "stamped" {
  name            = docker_container.c.name
  show_stdout     = false
  timestamps      = true
  discard_headers = false
}
data "docker_logs" "off" {
  name                     = docker_container.c.name
  logs_list_string_enabled = false
}
`;

describe("the data sources", () => {
  it("read a network with its members, all containers, and what one has written", async () => {
    await withProject(RUNNING, async (project) => {
      await project.mustApply();
      project.write(READ);
      await project.mustApply();
      const id = String((await project.values("docker_container.c"))["id"]);
      expect(await project.values("data.docker_network.n")).toMatchObject({
        driver: "bridge",
        scope: "local",
        internal: false,
        ipam_config: [{ subnet: "10.126.0.0/24", ip_range: "10.126.0.128/25", gateway: "", aux_address: { printer: "10.126.0.5" } }],
        containers: [{ container_id: id, name: "dt-data", ipv4_address: "10.126.0.7/24", ipv6_address: "" }],
      });
      const { containers } = (await project.values("data.docker_containers.all")) as { containers: { id: string }[] };
      expect(containers.find((container) => container.id === id)).toMatchObject({
        names: ["/dt-data"],
        state: "running",
        command: expect.stringMatching(/^sh -c 'echo one/) as string,
        labels: { "dt.test": "yes" },
      });
      expect(containers.map((container) => container.id)).toEqual(containers.map((container) => container.id).sort());
      const logs = async (name: string): Promise<string[]> =>
        (await project.values(`data.docker_logs.${name}`))["logs_list_string"] as string[];
      expect([...(await logs("all"))].sort()).toEqual(["one", "three", "two"]);
      expect(await logs("last")).toEqual(["three"]);
      const [stamped = ""] = await logs("stamped");
      expect(stamped.slice(0, 7)).toBe("\u0002\0\0\0\0\0\0");
      expect(stamped.slice(8)).toMatch(/^\d{4}-\d\d-\d\dT\S+Z two$/);
      expect(await logs("off")).toEqual([]);
      expect((await project.check()).exitCode).toBe(0);
    });
  });

  it("fail when the object is not there", async () => {
    const nothing = ["docker_network", "docker_logs"].map((type) => `data "${type}" "x" {\n name = "dt-none"\n}\n`);
    await withProject(nothing.join(""), async (project) => {
      const output = (await project.plan()).output.replace(/[\s│╷╵]+/g, " ");
      for (const kind of ["network", "container"])
        expect(output).toContain(`name must be a ${kind} on the engine at ${HOST}, got "dt-none", which it does not have`);
    });
  });
});
