import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { caseProject, recording } from "./conformance";
import { engine } from "./container-project";
import { buildProbeImages } from "./probe-image";
import type { TerraformProject } from "./terraform";

jest.setTimeout(120_000);

const OURS = "terraform.local/docker-tiers/docker";
const PUBLIC = "registry.terraform.io/kreuzwerker/docker";

interface Instance {
  readonly schema_version: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly private?: string;
}

interface StoredState {
  readonly serial: number;
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly provider: string;
    readonly instances: readonly Instance[];
  }[];
}

const stateFile = (project: TerraformProject): string => join(project.directory, "terraform.tfstate");
const readState = (project: TerraformProject): StoredState => JSON.parse(readFileSync(stateFile(project), "utf8")) as StoredState;
const moveTo = (project: TerraformProject, from: string, to: string): ReturnType<TerraformProject["run"]> =>
  project.run("state", "replace-provider", "-auto-approve", from, to);

/** The recorded value, with the daemon's choices of this run in place of `<...>`. */
function fill(recorded: unknown, actual: unknown): unknown {
  if (typeof recorded === "string") return /<\w+>/.test(recorded) ? actual : recorded;
  if (Array.isArray(recorded)) return recorded.map((item, index) => fill(item, (actual as readonly unknown[] | undefined)?.[index]));
  if (typeof recorded !== "object" || recorded === null) return recorded;
  const values = (actual ?? {}) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(recorded).map(([name, item]) => [name, fill(item, values[name])]));
}

/** Rewrites the state as the public provider has stored it: its address, its values, its private bytes. */
function storeAsPublic(project: TerraformProject, name: string): string {
  const state = readState(project);
  const recorded = recording(name).steps[0]?.state ?? [];
  const privateBytes = (version: number): string => Buffer.from(JSON.stringify({ schema_version: String(version) })).toString("base64");
  const resources = state.resources.map((resource) => ({
    ...resource,
    provider: `provider["${PUBLIC}"]`,
    instances: resource.instances.map((instance) => {
      const stored = recorded.find(({ address }) => address === `${resource.type}.${resource.name}`);
      if (!stored) throw new Error(`the recording must hold ${resource.type}.${resource.name}, got none`);
      const attributes = fill(stored.attributes, instance.attributes);
      return { ...instance, schema_version: stored.schema_version, attributes, private: privateBytes(stored.schema_version) };
    }),
  }));
  const text = JSON.stringify({ ...state, serial: state.serial + 1, resources });
  writeFileSync(stateFile(project), text);
  return text;
}

describe("a state", () => {
  beforeAll(buildProbeImages);

  afterAll(async () => {
    // A tag outlives its resource.
    await engine.delete("/images/cf-tag:9").catch(() => undefined);
    await engine.close();
  });

  it.each([
    "container-minimal",
    "container-full",
    "network-minimal",
    "network-full",
    "volume-minimal",
    "volume-full",
    "image-local",
    "tag",
  ])("of the public provider 4.5.0 is taken over without a change: %s", async (name) => {
    const project = await caseProject(name);
    try {
      await project.mustApply();
      storeAsPublic(project, name);
      expect(await moveTo(project, PUBLIC, OURS)).toMatchObject({ exitCode: 0 });
      const before = readState(project).resources.map(({ instances }) => instances[0]?.private);
      expect(await project.plan()).toMatchObject({ exitCode: 0, changes: [] });
      expect(await project.apply("-refresh-only")).toMatchObject({ exitCode: 0 });
      expect(readState(project).resources.map(({ instances }) => instances[0]?.private)).toEqual(before);
      expect(await project.plan()).toMatchObject({ exitCode: 0, changes: [] });
    } finally {
      await project.close();
    }
  });

  it.each(["network-full", "volume-full"])("goes back as the public provider would have stored it: %s", async (name) => {
    const project = await caseProject(name);
    try {
      await project.mustApply();
      const ours = readState(project).resources;
      expect(await moveTo(project, OURS, PUBLIC)).toMatchObject({ exitCode: 0 });
      const moved = readState(project).resources;
      expect(moved.map(({ provider }) => provider)).toEqual([`provider["${PUBLIC}"]`]);
      expect(moved.map(({ instances }) => instances)).toEqual(ours.map(({ instances }) => instances));
      const [recorded] = recording(name).steps[0]?.state ?? [];
      expect(moved[0]?.instances[0]).toMatchObject({ schema_version: recorded?.schema_version });
      expect(Object.keys(moved[0]?.instances[0]?.attributes ?? {}).sort()).toEqual(Object.keys(recorded?.attributes ?? {}).sort());
      await moveTo(project, PUBLIC, OURS);
    } finally {
      await project.close();
    }
  });
});
