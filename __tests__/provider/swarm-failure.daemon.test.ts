import { buildProbeImages } from "./probe-image";
import { SwarmNode } from "./swarm-node";
import { onNode, runningOf, serviceOf, serviceTf, withSwarm, words } from "./swarm-project";

jest.setTimeout(300_000);

const NEVER = 'restart_policy {\n condition = "none"\n }';
const rollout = (action: string): string =>
  `update_config {\n    failure_action = "${action}"\n    monitor = "3s"\n    parallelism = 1\n  }\n  rollback_config {\n    monitor = "500ms"\n  }`;
const BROKEN = "echo the disk is full; exit 7";

describe("a service that does not come up", () => {
  let node: SwarmNode;

  beforeAll(async () => {
    node = await SwarmNode.single();
    await buildProbeImages(node.host);
  });

  afterAll(() => node.remove());

  it("fails at once with exit code and last lines when no further attempt is allowed, and stays, tainted", async () => {
    await withSwarm(node, serviceTf({ script: BROKEN, task: NEVER, timeout: "10m" }), async (project) => {
      const { exitCode, output } = await project.apply();
      expect(exitCode).toBe(1);
      expect(words(output)).toContain("Error: Service dt-web did not come up with docker_service.web, on main.tf line");
      expect(words(output)).toMatch(
        /It must run 1 task, got 0, and the restart policy allows no further attempt\. Task dt-web\.1 on node \S+: failed, task: non-zero exit \(7\), exit code 7\. Last lines of its log: the disk is full The service stays for inspection\. \(docker service ps --no-trunc dt-web tells more\.\)/,
      );
      expect(await project.state()).toMatchObject([{ address: "docker_service.web", tainted: true }]);
      expect(await serviceOf(node, "dt-web")).toMatchObject({ Spec: { Name: "dt-web" } });
      project.write(onNode(node, serviceTf({ task: NEVER })));
      await project.mustApply();
      expect(await runningOf(node, "dt-web")).toHaveLength(1);
    });
  });

  it("fails when its time is over, and says why no node takes a task", async () => {
    const task = 'placement {\n constraints = ["node.labels.disk==fast"]\n }';
    await withSwarm(node, serviceTf({ replicas: 2, task, timeout: "3s" }), async (project) => {
      const { output } = await project.apply();
      expect(words(output)).toMatch(
        /It must run 2 tasks within 3s \(converge_config\), got 0\. Task dt-web\.\d on no node: pending, no suitable node \(scheduling constraints not satisfied on 1 node\)\./,
      );
    });
  });

  it("is rolled back where its update fails, with the failing tasks, and the next plan shows the update again", async () => {
    await withSwarm(node, serviceTf({ replicas: 2, service: rollout("rollback") }), async (project) => {
      await project.mustApply();
      const before = await serviceOf(node, "dt-web");
      project.write(onNode(node, serviceTf({ replicas: 2, script: BROKEN, service: rollout("rollback") })));
      const { exitCode, output } = await project.apply();
      expect(exitCode).toBe(1);
      expect(words(output)).toMatch(
        /Error: Service dt-web was not updated .*All its tasks must be exchanged, got an update that was rolled back: rollback completed\. Task dt-web\.\d on node \S+: failed, task: non-zero exit \(7\), exit code 7\. Last lines of its log: the disk is full .*It runs as before the update; the next apply tries again\./,
      );
      expect((await serviceOf(node, "dt-web")).Spec).toEqual(before.Spec);
      expect(await runningOf(node, "dt-web")).toHaveLength(2);
      expect((await project.plan()).changes).toMatchObject([{ actions: ["update"] }]);
      project.write(onNode(node, serviceTf({ replicas: 2, service: rollout("rollback") })));
      expect((await project.plan()).exitCode).toBe(0);
    });
  });

  it("is rolled back where its update is not done in time", async () => {
    await withSwarm(node, serviceTf({ service: rollout("rollback"), timeout: "5s" }), async (project) => {
      await project.mustApply();
      const before = await serviceOf(node, "dt-web");
      const container = 'healthcheck {\n test = ["CMD", "false"]\n interval = "1s"\n retries = 600\n }';
      project.write(onNode(node, serviceTf({ container, service: rollout("rollback"), timeout: "5s" })));
      const { output } = await project.apply();
      expect(words(output)).toMatch(
        /It must run 1 task within 5s \(converge_config\), got 0\. .*It runs as before the update; the next apply tries again\./,
      );
      expect((await serviceOf(node, "dt-web")).Spec).toEqual(before.Spec);
    });
  });

  it("goes on with the next apply where its update has paused", async () => {
    await withSwarm(node, serviceTf({ service: rollout("pause") }), async (project) => {
      await project.mustApply();
      const flaky = { script: "test -e /data/ok || exit 7; trap exit TERM; sleep 600 & wait", container: DATA, service: rollout("pause") };
      project.write(onNode(node, serviceTf(flaky)));
      expect(words((await project.apply()).output)).toMatch(/got an update that has paused: .*exit code 7/);
      const next = await project.plan();
      expect(next.changes).toMatchObject([{ actions: ["update"] }]);
      await fillVolume(node);
      expect(await project.applyPlan()).toMatchObject({ exitCode: 0 });
      expect(await runningOf(node, "dt-web")).toHaveLength(1);
      expect(await project.plan()).toMatchObject({ exitCode: 0 });
    });
    await node.engine.delete("/volumes/dt-data").catch(() => undefined);
  });

  it("fails where the name is taken, and says by what, since when and how to take it over", async () => {
    const body = { Name: "dt-web", TaskTemplate: { ContainerSpec: { Image: "probe:1" } }, Mode: { Replicated: { Replicas: 0 } } };
    const { ID } = await node.engine.post<{ ID: string }>("/services/create", { body });
    await withSwarm(node, serviceTf(), async (project) => {
      const { output } = await project.apply();
      expect(words(output)).toContain(
        `service name must be free, got "dt-web", which is held by the service ${ID} (not made by docker-tiers) since `,
      );
      expect(words(output)).toContain(`\`terraform import ADDRESS ${ID}\``);
      expect(await serviceOf(node, "dt-web")).toMatchObject({ ID });
    });
    await node.engine.delete(`/services/${ID}`);
  });
});

const DATA = 'mounts {\n type = "volume"\n source = "dt-data"\n target = "/data"\n }';

/** Puts into the volume what the tasks look for. */
async function fillVolume(node: SwarmNode): Promise<void> {
  const body = { Image: "probe:1", Cmd: ["touch", "/data/ok"], HostConfig: { Binds: ["dt-data:/data"] } };
  const { Id } = await node.engine.post<{ Id: string }>("/containers/create", { body });
  await node.engine.post(`/containers/${Id}/start`);
  await node.engine.post(`/containers/${Id}/wait`);
  await node.engine.delete(`/containers/${Id}`);
}
