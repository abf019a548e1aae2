import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Engine } from "../../engine";
import { buildProbeImages } from "./probe-image";
import { caseProject, caseStep } from "./conformance";
import { TerraformProject, type PlannedChange } from "./terraform";
import type { ContainerInspect } from "../../provider/resources/container-api";

jest.setTimeout(180_000);

const NAME = "dtc-life";
const engine = new Engine();

const inspect = (name: string): Promise<ContainerInspect> => engine.get<ContainerInspect>(`/containers/${name}/json`);
const actionsOf = (changes: readonly PlannedChange[]): string[] => changes.map(({ address, actions }) => `${address} ${actions.join()}`);

const configuration = (extra = "", name = NAME): string => `
resource "docker_network" "n" {
  name = "${name}-net"
}
resource "docker_container" "c" {
  name  = "${name}"
  image = "probe:1"
  networks_advanced {
    name    = docker_network.n.name
    aliases = ["life"]
  }
  ${extra}
}
`;

/** Runs a test in a project of its own and destroys what it made. */
async function withProject(tf: string, run: (project: TerraformProject) => Promise<void>): Promise<void> {
  const project = await TerraformProject.create(tf);
  try {
    await run(project);
  } finally {
    await project.close();
  }
}

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
      expect((await project.plan()).exitCode).toBe(0);
      await engine.post(`/containers/${NAME}/update`, { body: { PidsLimit: 10, Memory: 32 * 2 ** 20, MemorySwap: 32 * 2 ** 20 } });
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_container.c update"]);
    });
  });

  it("how terraform treats it changes without a call to the engine", async () => {
    await withProject(configuration(), async (project) => {
      await project.mustApply();
      const before = await inspect(NAME);
      project.write(configuration("wait_timeout = 90\n destroy_grace_seconds = 1\n remove_volumes = false"));
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_container.c update"]);
      await project.mustApply();
      expect(await inspect(NAME)).toMatchObject({ Id: before.Id, State: { StartedAt: before.State.StartedAt } });
      expect((await project.plan()).exitCode).toBe(0);
    });
  });

  it("a limit that is taken away replaces the container, since the engine cannot", async () => {
    await withProject(configuration("memory = 64\n memory_swap = 64"), async (project) => {
      await project.mustApply();
      project.write(configuration());
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_container.c delete,create"]);
      await project.mustApply();
      expect((await inspect(NAME)).HostConfig.Memory).toBe(0);
      expect((await project.plan()).exitCode).toBe(0);
    });
  });

  it("durations that mean the same are no change, a changed health check is a replacement", async () => {
    const health = (interval: string): string => `healthcheck {\n test = ["CMD", "true"]\n interval = "${interval}"\n }`;
    await withProject(configuration(health("90s")), async (project) => {
      await project.mustApply();
      expect((await project.plan()).exitCode).toBe(0);
      project.write(configuration(health("1m30s")));
      expect((await project.plan()).exitCode).toBe(0);
      project.write(configuration(health("1m31s")));
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_container.c delete,create"]);
    });
  });

  it("an image that is given by name and by id is the same one", async () => {
    const byId = configuration().replace('"probe:1"', `"${(await engine.get<{ Id: string }>("/images/probe:1/json")).Id}"`);
    await withProject(configuration(), async (project) => {
      await project.mustApply();
      project.write(byId);
      expect((await project.plan()).exitCode).toBe(0);
    });
  });
});

describe("drift", () => {
  it("a removed container is created again", async () => {
    await withProject(configuration(), async (project) => {
      await project.mustApply();
      await engine.delete(`/containers/${NAME}`, { query: { force: true } });
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_container.c create"]);
      await project.mustApply();
      expect((await project.plan()).exitCode).toBe(0);
    });
  });

  it.each(["stop", "pause"])("a container after %s runs again, the same one", async (verb) => {
    await withProject(configuration(), async (project) => {
      await project.mustApply();
      const { Id } = await inspect(NAME);
      await engine.post(`/containers/${NAME}/${verb}`, { query: verb === "stop" ? { t: 0 } : {} });
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_container.c update"]);
      await project.mustApply();
      expect(await inspect(NAME)).toMatchObject({ Id, State: { Running: true, Paused: false } });
      expect(await project.values("docker_container.c")).toMatchObject({
        exit_code: null,
        network_data: [{ network_name: `${NAME}-net`, ip_address: expect.stringMatching(/^\d+\./) as string }],
      });
      expect((await project.plan()).exitCode).toBe(0);
    });
  });

  it("a network that it was taken out of, or put into, or whose aliases it lost is mended without a restart", async () => {
    await withProject(configuration(), async (project) => {
      await project.mustApply();
      const before = await inspect(NAME);
      const network = `/networks/${NAME}-net`;
      const mend = async (): Promise<void> => {
        expect(actionsOf((await project.plan()).changes)).toEqual(["docker_container.c update"]);
        await project.mustApply();
        const after = await inspect(NAME);
        expect(after).toMatchObject({ Id: before.Id, State: { StartedAt: before.State.StartedAt } });
        expect(Object.keys(after.NetworkSettings.Networks ?? {})).toEqual([`${NAME}-net`]);
        expect(after.NetworkSettings.Networks?.[`${NAME}-net`]?.Aliases).toContain("life");
        expect((await project.plan()).exitCode).toBe(0);
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

  const SET = `
  env = ["A=1"]
  command = ["sleep", "500"]
  user = "1000"
  working_dir = "/tmp"
  read_only = true
  init = true
  tmpfs = { "/run" = "size=1m" }
  security_opts = ["no-new-privileges:true"]
  log_driver = "json-file"
  log_opts = { "max-size" = "1m" }
  capabilities {
    drop = ["ALL"]
  }
  labels {
    label = "tier"
    value = "web"
  }
  ports {
    internal = 80
    external = 18093
    ip       = "127.0.0.1"
  }
  mounts {
    type   = "volume"
    source = "${NAME}-data"
    target = "/data"
  }
  healthcheck {
    test     = ["CMD", "true"]
    interval = "10s"
  }
  `;
  it("what the constructs set is read back: another container under the id's name plans a replacement by each of it", async () => {
    await withProject(configuration(SET), async (project) => {
      await project.mustApply();
      expect((await project.plan()).exitCode).toBe(0);
      const { Id } = await inspect(NAME);
      await engine.delete(`/containers/${NAME}`, { query: { force: true } });
      const body = {
        Image: "probe:1",
        HostConfig: { NetworkMode: `${NAME}-net` },
        NetworkingConfig: { EndpointsConfig: { [`${NAME}-net`]: { Aliases: ["life"] } } },
      };
      const other = await engine.post<{ Id: string }>("/containers/create", { query: { name: NAME }, body });
      await engine.post(`/containers/${other.Id}/start`);
      await replaceInState(project, Id, other.Id);
      const [change] = (await project.plan()).changes;
      expect(change?.actions).toEqual(["delete", "create"]);
      const paths = new Set(change?.replace_paths?.map(([name]) => name));
      expect([...paths].sort()).toEqual([
        "capabilities",
        "command",
        "env",
        "healthcheck",
        "init",
        "labels",
        "log_opts",
        "mounts",
        "ports",
        "read_only",
        "security_opts",
        "tmpfs",
        "user",
        "working_dir",
      ]);
    });
    await engine.delete(`/volumes/${NAME}-data`).catch(() => undefined);
  });
});

async function replaceInState(project: TerraformProject, before: string, after: string): Promise<void> {
  const { writeFileSync } = await import("node:fs");
  const path = join(project.directory, "terraform.tfstate");
  writeFileSync(path, readFileSync(path, "utf8").replaceAll(before, after));
}

describe("import", () => {
  it.each(["container-minimal", "container-full"])("%s: the plan after it is empty", async (name) => {
    const project = await caseProject(name);
    try {
      await project.mustApply();
      const { id } = await project.values("docker_container.c");
      expect((await project.forget("docker_container.c")).exitCode).toBe(0);
      const run = await project.import("docker_container.c", String(id));
      expect(run).toMatchObject({ exitCode: 0 });
      const plan = await project.plan();
      expect(plan).toMatchObject({ changes: [], exitCode: 0 });
      project.write(
        caseStep(name, 1).replace("image = docker_image.probe.image_id", "image = docker_image.probe.image_id\n  memory_reservation = 8"),
      );
      await project.mustApply();
      expect(await inspect(String(id))).toMatchObject({ Id: id });
      expect((await project.plan()).exitCode).toBe(0);
    } finally {
      await project.close();
    }
  });

  it("fails with the ways to find an id", async () => {
    await withProject(configuration(), async (project) => {
      const { exitCode, output } = await project.import("docker_container.c", "dtc-nothing");
      expect(exitCode).toBe(1);
      expect(output).toContain('id must be the id or name of a container on the engine, got "dtc-nothing";');
    });
  });
});
