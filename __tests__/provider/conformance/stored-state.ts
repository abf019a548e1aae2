import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Run, TerraformProject } from "../terraform";
import { recording, type RecordedResource } from "./recording";
import { same, valueDifferences, type Values } from "./values";

const OURS = "terraform.local/docker-tiers/docker";
const PUBLIC = "registry.terraform.io/kreuzwerker/docker";

interface Instance {
  readonly schema_version: number;
  readonly attributes: Values;
  readonly private?: string;
}

interface Resource {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly provider: string;
  readonly instances: readonly Instance[];
}

interface StoredState {
  readonly serial: number;
  readonly resources: readonly Resource[];
}

const stateFile = (project: TerraformProject): string => join(project.directory, "terraform.tfstate");
const readState = (project: TerraformProject): StoredState => JSON.parse(readFileSync(stateFile(project), "utf8")) as StoredState;

/** Moves the state to the public provider's address, or back to ours. */
export const moveTo = (project: TerraformProject, to: "ours" | "public"): Promise<Run> =>
  project.run("state", "replace-provider", "-auto-approve", ...(to === "ours" ? [PUBLIC, OURS] : [OURS, PUBLIC]));

/** By address: the private bytes of each instance that is managed. */
export const privateBytes = (project: TerraformProject): readonly (readonly [address: string, bytes: string | undefined])[] =>
  readState(project)
    .resources.filter(({ mode }) => mode === "managed")
    .flatMap((resource) => resource.instances.map((instance) => [addressOf(resource), instance.private] as const));

/** Rewrites the state as the public provider has stored it: its address, its values, its private bytes. */
export function storeAsPublic(project: TerraformProject, name: string): void {
  const state = readState(project);
  const resources = state.resources.map((resource) => ({
    ...resource,
    provider: `provider["${PUBLIC}"]`,
    instances: resource.instances.map((instance) => {
      const stored = recordOf(name, resource, instance);
      const attributes = fill(stored.attributes, instance.attributes);
      const { schema_version } = stored;
      return { ...instance, schema_version, attributes, ...(resource.mode === "managed" && { private: publicBytes(stored) }) };
    }),
  }));
  writeFileSync(stateFile(project), JSON.stringify({ ...state, serial: state.serial + 1, resources }));
}

/** What in the state's file is not as the public provider has stored it: address, schema version, any attribute. */
export function storedDifferences(project: TerraformProject, name: string): string[] {
  return readState(project).resources.flatMap((resource) => {
    const address = addressOf(resource);
    const moved = resource.provider === `provider["${PUBLIC}"]` ? [] : [`${address}: ${resource.provider}`];
    return resource.instances.reduce<string[]>((found, instance) => {
      const { schema_version, attributes } = recordOf(name, resource, instance);
      if (instance.schema_version !== schema_version) found.push(`${address}: schema version ${instance.schema_version}`);
      return [...found, ...valueDifferences(instance.attributes, attributes, address)];
    }, moved);
  });
}

const addressOf = ({ mode, type, name }: Resource): string => `${mode === "data" ? "data." : ""}${type}.${name}`;

function recordOf(name: string, resource: Resource, instance: Instance): RecordedResource {
  const stored = recording(name).steps[0]?.state.find(
    ({ address, attributes }) => address === addressOf(resource) && same(instance.attributes["name"], attributes["name"]),
  );
  if (!stored) throw new Error(`the recording must hold ${addressOf(resource)}, got none`);
  return stored;
}

/** What the public provider's library keeps for itself: the schema version, and times where the resource knows `timeouts`. */
function publicBytes({ schema_version, attributes }: RecordedResource): string {
  const times = "timeouts" in attributes && { "e2bfb730-ecaa-11e6-8f88-34363bc7c4c0": { create: 1_200_000_000_000 } };
  return Buffer.from(JSON.stringify({ ...times, schema_version: String(schema_version) })).toString("base64");
}

/** The recorded value, with the daemon's choices of this run in place of `<...>`. */
function fill(recorded: unknown, actual: unknown): unknown {
  if (typeof recorded === "string") return /<\w+>/.test(recorded) ? actual : recorded;
  if (Array.isArray(recorded)) return fillAll(recorded, (actual ?? []) as readonly unknown[]);
  if (typeof recorded !== "object" || recorded === null) return recorded;
  const values = (actual ?? {}) as Values;
  return Object.fromEntries(Object.entries(recorded).map(([name, item]) => [name, fill(item, values[name])]));
}

/** Sets have no order: an item takes its values from the one that is the same. */
function fillAll(recorded: readonly unknown[], actual: readonly unknown[]): unknown[] {
  return recorded.map((item, index) => fill(item, actual.find((candidate) => same(candidate, item)) ?? actual[index]));
}
