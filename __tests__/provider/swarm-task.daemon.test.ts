import { output } from "../e2e/command";
import { buildProbeImages } from "./probe-image";
import { SwarmNode } from "./swarm-node";
import { onNode, runningOf, serviceTf, withSwarm, words } from "./swarm-project";
import { LOOK, RUNNING_TF } from "./swarm-running";

jest.setTimeout(300_000);

interface Container {
  readonly Mounts?: readonly { readonly Destination: string }[];
}

let node: SwarmNode;

beforeAll(async () => {
  node = await SwarmNode.single("--node-generic-resource", "SSD=3", "--node-generic-resource", "GPU=UUID1");
  await buildProbeImages(node.host);
});
afterAll(() => node.remove());

async function containerId(service: string): Promise<string> {
  const [task, ...others] = await runningOf(node, service);
  expect(others).toEqual([]);
  return task?.Status.ContainerStatus?.ContainerID ?? "";
}

async function look(id: string): Promise<Record<string, string>> {
  const printed = await output("docker", ["--host", node.host, "exec", id, "sh", "-c", LOOK]);
  const found: Record<string, string> = {};
  for (const line of printed.split("\n")) found[line.split("=", 1)[0] ?? ""] = line.slice(line.indexOf("=") + 1);
  // Where the init lies is the engine's.
  return { ...found, init: found["init"]?.replace(/^\S*\//, "") ?? "" };
}

const SEEN_WITHIN = {
  env: "1 x=y",
  user: "65534",
  groups: "10",
  dir: "/tmp",
  host: "full",
  init: "docker-init -- httpd -f -p 8080 -h /srv ",
  root: "touch: /x: Read-only file system",
  capabilities: "0000000000002000",
  sysctl: "512",
  hosts: "1",
  dns: "options ndots:2 search one.example ",
  scratch: "mode=700 size=1024k tmpfs ",
  data: " ro, size=2048k ",
  propagation: "0",
  secret: "65534 10 400 hush",
  config: "65534 10 440 hello",
  memory: "67108864",
  alias: "hello",
};

/** The swarm keeps the grace period to itself, and waits that long when it stops the task. */
const CONFIGURED = {
  Config: { StopSignal: "SIGQUIT", Labels: { a: "1" } },
  HostConfig: {
    NanoCpus: 500_000_000,
    Dns: ["198.51.100.53"],
    SecurityOpt: ["label=disable"],
    LogConfig: { Type: "json-file", Config: { "max-size": "10m" } },
  },
  Mounts: [{ Type: "bind", Destination: "/host", Propagation: "private" }],
  State: { Health: { Status: "healthy" } },
  NetworkSettings: { Networks: { "dt-run": { DriverOpts: { o: "1" } } } },
};

it("a task has every block of its service, as read within it, and an update reaches the next one", async () => {
  await withSwarm(node, RUNNING_TF, async (project) => {
    await project.mustApply();
    const id = await containerId("dt-run");
    expect(await look(id)).toEqual(SEEN_WITHIN);
    const { Mounts = [], ...container } = await node.engine.get<Container>(`/containers/${id}/json`);
    expect({ ...container, Mounts: Mounts.filter(({ Destination }) => Destination === "/host") }).toMatchObject(CONFIGURED);
    const volume = { Labels: { a: "1" }, Options: { type: "tmpfs", device: "tmpfs", o: "size=2m" } };
    expect(await node.engine.get("/volumes/dt-run")).toMatchObject(volume);
    const published = ["netns", "exec", node.namespace, "curl", "-sS", "--max-time", "30", "http://127.0.0.1:18080/app.conf"];
    expect(await output("ip", published)).toBe("hello");
    expect(await project.plan()).toMatchObject({ exitCode: 0, changes: [], drift: [] });

    project.write(onNode(node, RUNNING_TF.replace('A = "1"', 'A = "2"').replace("67108864", "50331648").replace("= 256", "= 292")));
    expect((await project.plan()).changes).toMatchObject([{ address: "docker_service.run", actions: ["update"] }]);
    await project.mustApply();
    const changed = { env: "2 x=y", memory: "50331648", secret: "65534 10 444 hush" };
    expect(await look(await containerId("dt-run"))).toEqual({ ...SEEN_WITHIN, ...changed });
    expect(await project.plan()).toMatchObject({ exitCode: 0, changes: [], drift: [] });
  });
});

it("a task gets the generic resources of its node that it asks for by number, and none that it asks for by name", async () => {
  const asking = (spec: string): string =>
    serviceTf({ name: "dt-generic", timeout: "20s", task: `resources {\nreservation {\ngeneric_resources {\n${spec}\n}\n}\n}` });
  await withSwarm(node, asking('discrete_resources_spec = ["GPU=1", "SSD=2"]'), async (project) => {
    await project.mustApply();
    const environment = await output("docker", ["--host", node.host, "exec", await containerId("dt-generic"), "env"]);
    expect(
      environment
        .split("\n")
        .filter((line) => line.startsWith("DOCKER_RESOURCE_"))
        .sort(),
    ).toEqual(["DOCKER_RESOURCE_GPU=UUID1", "DOCKER_RESOURCE_SSD=2"]);
    expect(await project.plan()).toMatchObject({ exitCode: 0, changes: [], drift: [] });

    project.write(onNode(node, asking('named_resources_spec = ["GPU=UUID1"]')));
    expect(words((await project.apply()).output)).toContain("no suitable node (insufficient resources on 1 node)");
  });
});
