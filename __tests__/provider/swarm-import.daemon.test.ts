import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ServiceSpec } from "../../provider/resources/swarm-api";
import { buildProbeImages } from "./probe-image";
import { SwarmNode } from "./swarm-node";
import { onNode, runningOf, serviceOf, serviceTf, withSwarm, words } from "./swarm-project";
import { FULL_TF, REST_TF } from "./swarm-full";
import type { TerraformProject } from "./terraform";

jest.setTimeout(300_000);

const PUBLIC = "registry.terraform.io/kreuzwerker/docker";
const OURS = "terraform.local/docker-tiers/docker";

describe("a service of every block", () => {
  let node: SwarmNode;

  beforeAll(async () => {
    node = await SwarmNode.single();
    await buildProbeImages(node.host);
  });

  afterAll(() => node.remove());

  it("is created, found unchanged, and after an import by name or by id the plan is empty", async () => {
    await withSwarm(node, FULL_TF, async (project) => {
      await project.mustApply();
      const { ID } = await serviceOf(node, "dt-full");
      expect(await project.plan()).toMatchObject({ exitCode: 0, changes: [], drift: [] });
      for (const id of ["dt-full", ID]) {
        await project.forget("docker_service.full");
        expect(await project.import("docker_service.full", id)).toMatchObject({ exitCode: 0 });
        expect(await project.plan()).toMatchObject({ exitCode: 0, changes: [] });
      }
      project.write(onNode(node, FULL_TF.replace('A = "1"', 'A = "2"')));
      expect((await project.plan()).changes).toMatchObject([{ address: "docker_service.full", actions: ["update"] }]);
      await project.mustApply();
      expect((await project.values("docker_service.full"))["converge_config"]).toEqual([{ delay: "1s", timeout: "30s" }]);
      expect(await project.plan()).toMatchObject({ exitCode: 0 });
      await project.forget("docker_service.full");
      expect(words((await project.import("docker_service.full", "nope")).output)).toContain(
        'id must be the id or name of a service of the swarm, got "nope"; `docker service ls` lists them',
      );
      expect(await project.import("docker_service.full", ID)).toMatchObject({ exitCode: 0 });
    });
  });

  it("on every node and with a credential specification is created, found unchanged, and imported with an empty plan", async () => {
    await withSwarm(node, REST_TF, async (project) => {
      await project.mustApply();
      const { Spec } = await serviceOf(node, "dt-file");
      expect(Spec).toMatchObject({
        Mode: { Global: {} },
        TaskTemplate: { ContainerSpec: { Privileges: { CredentialSpec: { File: "app.json" } } } },
      });
      expect(await project.plan()).toMatchObject({ exitCode: 0, changes: [], drift: [] });
      for (const name of ["file", "registry"]) {
        await project.forget(`docker_service.${name}`);
        expect(await project.import(`docker_service.${name}`, `dt-${name}`)).toMatchObject({ exitCode: 0 });
      }
      expect(await project.plan()).toMatchObject({ exitCode: 0, changes: [] });
    });
  });

  it("of the public provider is taken over, with its private bytes, without a change", async () => {
    await withSwarm(node, FULL_TF, async (project) => {
      await project.mustApply();
      const stored = storeAsPublic(project);
      expect(await project.run("state", "replace-provider", "-auto-approve", PUBLIC, OURS)).toMatchObject({ exitCode: 0 });
      expect(await project.plan()).toMatchObject({ exitCode: 0, changes: [] });
      expect(await project.apply("-refresh-only")).toMatchObject({ exitCode: 0 });
      expect(privateBytes(project)).toEqual(stored);
    });
  });

  it("shows what somebody else has changed, and is mended in place", async () => {
    await withSwarm(node, serviceTf({ container: 'env = { A = "1" }', service: LABEL }), async (project) => {
      await project.mustApply();
      await changeByHand(node, (spec) => ({ ...spec, Labels: { tier: "other" } }));
      expect((await project.plan()).changes).toMatchObject([{ actions: ["update"], before: { labels: [{ value: "other" }] } }]);
      await changeByHand(node, (spec) => ({ ...spec, Mode: { Replicated: { Replicas: 2 } } }));
      await changeByHand(node, ({ TaskTemplate, ...spec }) => {
        return {
          ...spec,
          TaskTemplate: { ...TaskTemplate, ContainerSpec: { ...TaskTemplate.ContainerSpec, Env: ["A=2"], User: "65534" } },
        };
      });
      const { changes } = await project.plan();
      expect(changes).toMatchObject([{ actions: ["update"], before: { mode: [{ replicated: [{ replicas: 2 }] }] } }]);
      await project.mustApply();
      const [task, ...others] = await runningOf(node, "dt-web");
      expect(others).toEqual([]);
      expect(task?.Spec.ContainerSpec?.Env).toEqual(["A=1"]);
      expect(await project.plan()).toMatchObject({ exitCode: 0 });
    });
  });
});

const LABEL = 'labels {\n    label = "tier"\n    value = "web"\n  }';

async function changeByHand(node: SwarmNode, change: (spec: ServiceSpec) => ServiceSpec): Promise<void> {
  const { ID, Version, Spec } = await serviceOf(node, "dt-web");
  await node.engine.post(`/services/${ID}/update`, { query: { version: Version.Index }, body: change(Spec) });
}

interface StoredState {
  readonly serial: number;
  readonly resources: readonly { readonly instances: readonly { readonly private?: string; readonly schema_version: number }[] }[];
}

const stateFile = (project: TerraformProject): string => join(project.directory, "terraform.tfstate");
const readState = (project: TerraformProject): StoredState => JSON.parse(readFileSync(stateFile(project), "utf8")) as StoredState;
const privateBytes = (project: TerraformProject): (string | undefined)[] =>
  readState(project).resources.map(({ instances }) => instances[0]?.private);

/** Rewrites the state as if the public provider had stored it: its address and its private bytes. */
function storeAsPublic(project: TerraformProject): (string | undefined)[] {
  const state = readState(project);
  const resources = state.resources.map((resource) => ({
    ...resource,
    provider: `provider["${PUBLIC}"]`,
    instances: resource.instances.map((instance) => ({
      ...instance,
      private: Buffer.from(JSON.stringify({ schema_version: String(instance.schema_version) })).toString("base64"),
    })),
  }));
  writeFileSync(stateFile(project), JSON.stringify({ ...state, serial: state.serial + 1, resources }));
  return privateBytes(project);
}
