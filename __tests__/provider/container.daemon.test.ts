import { jsonLines, type EngineEvent } from "../../engine";
import { actionsOf, configuration, engine, inspect, mustApplyPlan, NAME, withProject } from "./container-project";
import { buildProbeImages } from "./probe-image";

jest.setTimeout(180_000);

beforeAll(buildProbeImages);
afterAll(() => engine.close());

/** Exit codes with which containers of a name ended since a time in seconds. */
async function exitCodes(name: string, since: number): Promise<string[]> {
  const query = { since, until: Math.ceil(Date.now() / 1000) + 1, filters: { container: [name], event: ["die"] } };
  const codes: string[] = [];
  for await (const event of jsonLines<EngineEvent>(await engine.stream("GET", "/events", { query }))) {
    codes.push(event.Actor.Attributes["exitCode"] ?? "");
  }
  return codes;
}

it("create, plan, import, update, delete", async () => {
  await withProject(configuration("memory = 32\n memory_swap = 32"), async (project) => {
    expect(actionsOf((await project.plan()).changes)).toEqual(["docker_container.c create", "docker_network.n create"]);
    await mustApplyPlan(project);
    expect(await project.check()).toMatchObject({ exitCode: 0 });
    await project.forget("docker_container.c");
    expect(await project.import("docker_container.c", NAME)).toMatchObject({ exitCode: 0 });
    expect(await project.check()).toMatchObject({ exitCode: 0 });
    project.write(configuration("memory = 48\n memory_swap = 48"));
    await project.mustApply();
    expect((await inspect(NAME)).HostConfig.Memory).toBe(48 * 2 ** 20);
    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    expect(await engine.find(`/containers/${NAME}/json`)).toBeUndefined();
  });
});

describe("create", () => {
  it("joins all its networks before the start, with aliases and addresses, and no other one", async () => {
    const tf = `
resource "docker_network" "a" {
  name = "dtc-a"
  ipam_config {
    subnet = "10.213.7.0/24"
  }
}
resource "docker_network" "b" {
  name     = "dtc-b"
  internal = true
}
resource "docker_container" "c" {
  name     = "${NAME}"
  image    = "probe:1"
  must_run = false
  attach   = true
  logs     = true
  command  = ["sh", "-c", "ip -o -4 addr | grep -c eth"]
  networks_advanced {
    name         = docker_network.a.id
    aliases      = ["one"]
    ipv4_address = "10.213.7.77"
  }
  networks_advanced {
    name    = docker_network.b.name
    aliases = ["two", "three"]
  }
}
`;
    await withProject(tf, async (project) => {
      await project.mustApply();
      expect(await project.values("docker_container.c")).toMatchObject({ container_logs: "2\n", exit_code: 0 });
      const networks = (await inspect(NAME)).NetworkSettings.Networks ?? {};
      expect(Object.keys(networks).sort()).toEqual(["dtc-a", "dtc-b"]);
      expect(networks["dtc-a"]).toMatchObject({ IPAMConfig: { IPv4Address: "10.213.7.77" } });
      expect(networks["dtc-b"]?.Aliases).toEqual(expect.arrayContaining(["two", "three"]));
      expect((await project.check()).exitCode).toBe(0);
    });
  });

  it("uploads into a volume of a container that never runs, though its root is read-only", async () => {
    const tf = `
resource "docker_volume" "v" {
  name = "dtc-config"
}
resource "docker_container" "loader" {
  name      = "${NAME}-loader"
  image     = "probe:1"
  start     = false
  must_run  = false
  read_only = true
  mounts {
    type   = "volume"
    source = docker_volume.v.name
    target = "/config"
  }
  upload {
    file        = "/config/conf.d/site.conf"
    content     = "listen 80;\\n"
    permissions = "0640"
  }
  upload {
    file           = "/config/run"
    content_base64 = base64encode("#!/bin/sh\\n")
    executable     = true
  }
}
resource "docker_container" "reader" {
  name       = "${NAME}"
  image      = "probe:1"
  must_run   = false
  attach     = true
  logs       = true
  command    = ["sh", "-c", "cat /config/conf.d/site.conf /config/run; stat -c '%a %u:%g' /config/conf.d/site.conf /config/run"]
  depends_on = [docker_container.loader]
  mounts {
    type      = "volume"
    source    = docker_volume.v.name
    target    = "/config"
    read_only = true
  }
}
`;
    await withProject(tf, async (project) => {
      await project.mustApply();
      expect(await project.values("docker_container.reader")).toMatchObject({
        container_logs: "listen 80;\n#!/bin/sh\n640 0:0\n744 0:0\n",
      });
      expect((await inspect(`${NAME}-loader`)).State.Status).toBe("created");
      expect((await project.check()).exitCode).toBe(0);
    });
  });
});

describe("delete", () => {
  const stopping = (signal: string, more: string): string => `
  command = ["sh", "-c", "trap 'sleep 1; exit 0' ${signal}; while true; do sleep 0.1; done"]
  ${more}`;

  it.each([
    ["destroy_grace_seconds", stopping("TERM", "destroy_grace_seconds = 20"), "0"],
    ["stop_timeout and stop_signal", stopping("QUIT", 'stop_timeout = 20\n stop_signal = "SIGQUIT"'), "0"],
    ["neither, which kills at once", stopping("TERM", ""), "137"],
  ])("honours %s", async (_, extra, exitCode) => {
    await withProject(configuration(extra), async (project) => {
      await project.mustApply();
      const since = Math.floor(Date.now() / 1000);
      expect(await project.destroy()).toMatchObject({ exitCode: 0 });
      expect(await exitCodes(NAME, since)).toEqual([exitCode]);
    });
  });

  it("takes anonymous volumes along, and is content when the container is gone", async () => {
    await withProject(configuration('volumes {\n container_path = "/anonymous"\n }'), async (project) => {
      await project.mustApply();
      const { Mounts } = await engine.get<{ Mounts: { Name: string }[] }>(`/containers/${NAME}/json`);
      expect((await project.check()).exitCode).toBe(0);
      await engine.delete(`/containers/${NAME}`, { query: { force: true, v: true } });
      expect(await project.destroy("-refresh=false")).toMatchObject({ exitCode: 0 });
      expect(await engine.find(`/volumes/${Mounts[0]?.Name ?? ""}`)).toBeUndefined();
    });
  });
});
