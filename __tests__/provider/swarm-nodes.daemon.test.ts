import { SwarmLan } from "./swarm-lan";
import type { SwarmNode } from "./swarm-node";
import { livingTasks, onNode, runningOf, serviceTf, withSwarm, words } from "./swarm-project";
import { until } from "./until";

jest.setTimeout(400_000);

const NETWORK = `
resource "docker_network" "o" {
  name       = "dt-overlay"
  driver     = "overlay"
  attachable = true
}
`;
const SPREAD = `
    networks_advanced {
      name    = docker_network.o.name
      aliases = ["web"]
    }
    placement {
      constraints  = ["node.role==worker"]
      prefs        = ["spread=node.labels.rack"]
      max_replicas = 4
    }`;
const ENDPOINT = 'endpoint_spec {\n    mode = "dnsrr"\n  }';
const ROLLOUT = 'update_config {\n    parallelism = 2\n    order = "start-first"\n    monitor = "1s"\n    failure_action = "rollback"\n  }';

const configuration = (options: { replicas: number; version: string; script?: string }): string => {
  const { replicas, version, script } = options;
  const container = `env = { VERSION = "${version}" }`;
  const own = script === undefined ? {} : { script };
  return NETWORK + serviceTf({ replicas, container, task: SPREAD, service: `${ENDPOINT}\n  ${ROLLOUT}`, timeout: "2m", ...own });
};

describe("a swarm of three nodes", () => {
  let lan: SwarmLan;

  beforeAll(async () => {
    lan = await SwarmLan.start(3);
    for (const [index, node] of lan.nodes.entries()) await lan.set(node, { Labels: { rack: `r${index}` } });
  });

  afterAll(() => lan.remove());

  const idOf = async (node: SwarmNode): Promise<string> => (await lan.member(node)).ID;
  const places = async (): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const { NodeID = "" } of await runningOf(lan.manager, "dt-web")) counts[NodeID] = (counts[NodeID] ?? 0) + 1;
    return counts;
  };

  it("spreads a service, updates it, moves it off a drained node, and removes it everywhere", async () => {
    const [, second, third] = lan.nodes;
    if (!second || !third) throw new Error("the swarm must have three nodes");
    const [secondId, thirdId] = [await idOf(second), await idOf(third)];
    await withSwarm(lan.manager, configuration({ replicas: 4, version: "1" }), async (project) => {
      await project.mustApply();
      const spread = await places();
      expect(Object.keys(spread).sort()).toEqual([secondId, thirdId].sort());
      expect((spread[secondId] ?? 0) + (spread[thirdId] ?? 0)).toBe(4);
      expect(await project.plan()).toMatchObject({ exitCode: 0, changes: [], drift: [] });

      project.write(onNode(lan.manager, configuration({ replicas: 4, version: "2" })));
      await project.mustApply();
      const updated = await runningOf(lan.manager, "dt-web");
      expect(updated.map(({ Spec }) => Spec.ContainerSpec?.Env)).toEqual(Array(4).fill(["VERSION=2"]));

      await lan.set(third, { Availability: "drain" });
      await until("all tasks run on the node that is left", 90, async () => ((await places())[secondId] === 4 ? true : undefined));
      expect(await project.plan()).toMatchObject({ exitCode: 0 });
      await lan.set(third, { Availability: "active" });

      expect(await project.destroy()).toMatchObject({ exitCode: 0 });
      expect(await livingTasks(lan.manager)).toEqual([]);
      const running = lan.nodes.map(({ engine }) => engine.get("/containers/json"));
      expect(await Promise.all(running)).toEqual([[], [], []]);
    });
  });

  it("tells what failed on another node, with its log, and is rolled back", async () => {
    await withSwarm(lan.manager, configuration({ replicas: 2, version: "1" }), async (project) => {
      await project.mustApply();
      project.write(onNode(lan.manager, configuration({ replicas: 2, version: "2", script: "echo the disk is full; exit 7" })));
      const { exitCode, output } = await project.apply();
      expect(exitCode).toBe(1);
      expect(words(output)).toMatch(
        /got an update that was rolled back: .*Task dt-web\.\d on node \S+: failed, task: non-zero exit \(7\), exit code 7\. Last lines of its log: the disk is full/,
      );
      const running = await runningOf(lan.manager, "dt-web");
      expect(running.map(({ Spec }) => Spec.ContainerSpec?.Env)).toEqual([["VERSION=1"], ["VERSION=1"]]);
    });
  });

  it("fails on a worker, and says to take a manager", async () => {
    const [, worker] = lan.nodes;
    if (!worker) throw new Error("the swarm must have a worker");
    await withSwarm(worker, serviceTf(), async (project) => {
      const { output } = await project.apply();
      expect(words(output)).toContain(
        `got ${worker.host}, which is a worker; let \`host\` of the provider name a manager (\`docker info\` lists their addresses), ` +
          "or run `docker node promote NODE` on one",
      );
    });
  });
});
