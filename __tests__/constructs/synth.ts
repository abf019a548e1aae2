import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { App, TerraformStack } from "cdktf";
import { ContainerImage, Job, PublicDockerProvider, type ProviderSource } from "../../constructs";
import { EMBEDDED_SOURCE } from "../../constructs/provider-source";

/** Attributes of one block. */
export type Attributes = Readonly<Record<string, unknown>>;

/** What Terraform gets, as far as tests read it. */
export interface TerraformJson {
  readonly data?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly removed?: readonly Attributes[];
  readonly output?: Readonly<Record<string, Attributes>>;
  readonly provider?: Readonly<Record<string, readonly Attributes[]>>;
  readonly terraform: Attributes;
}

export interface SynthOptions {
  /** @default "embedded" */
  readonly provider?: ProviderSource;
  /** @default "dev" */
  readonly stack?: string;
}

/** An image that needs nothing on this machine. */
export const shopImage = (): ContainerImage => ContainerImage.fromRegistry("registry.example/shop:1.4.2");

/** The embedded provider by its address alone, so that these tests do not need its bundle. */
function addProvider(stack: TerraformStack, source: ProviderSource): void {
  const host = "unix:///var/run/docker.sock";
  if (source === "kreuzwerker") new PublicDockerProvider(stack, "docker", { host });
  else Object.assign(new DockerProvider(stack, "docker", { host }), { terraformProviderSource: EMBEDDED_SOURCE });
}

/** Calls back with a folder that is gone afterwards. */
export function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "docker-tiers-synth-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** {@link inFolder} for what takes time. */
export async function inFolderAsync<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "docker-tiers-synth-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A stack in an application of its own that writes to `folder/cdktf.out`. */
export function newStack(folder: string, { provider = "embedded", stack: id = "dev" }: SynthOptions = {}): TerraformStack {
  const stack = new TerraformStack(new App({ outdir: join(folder, "cdktf.out") }), id);
  addProvider(stack, provider);
  return stack;
}

/** Synthesises the application of a stack, and gives what was written for the stack as text. */
export function written(folder: string, stack: TerraformStack): string {
  const app = stack.node.root;
  if (!(app instanceof App)) throw new Error("the root must be an application");
  app.synth();
  return readFileSync(join(folder, "cdktf.out", "stacks", stack.node.id, "cdk.tf.json"), "utf8");
}

/** What an application writes for a stack with these constructs, as text. */
export function synthText(build: (stack: TerraformStack) => void, options: SynthOptions = {}): string {
  return inFolder((folder) => {
    const stack = newStack(folder, options);
    build(stack);
    return written(folder, stack);
  });
}

/** {@link synthText}, parsed. */
export function synth(build: (stack: TerraformStack) => void, options: SynthOptions = {}): TerraformJson {
  return JSON.parse(synthText(build, options)) as TerraformJson;
}

/** Runs something within a stack that is never synthesised. */
export function inStack<T>(use: (stack: TerraformStack) => T, options: SynthOptions = {}): T {
  return inFolder((folder) => use(newStack(folder, options)));
}

const pathOf = (block: Attributes): string => (block["//"] as { metadata: { path: string } }).metadata.path;

/** All resources of a type, by construct path below the stack, without their metadata. */
export function resources(json: TerraformJson, type: string): Record<string, Attributes> {
  const blocks = Object.values(json.resource?.[type] ?? {});
  return Object.fromEntries(
    blocks.map((block) => [
      pathOf(block).replace(/^[^/]+\//, ""),
      Object.fromEntries(Object.entries(block).filter(([key]) => key !== "//")),
    ]),
  );
}

/** The one resource at a construct path below the stack. */
export function resource(json: TerraformJson, type: string, path: string): Attributes {
  const all = resources(json, type);
  const found = all[path];
  if (found === undefined) throw new Error(`there must be a ${type} at ${path}, got ${Object.keys(all).join(", ")}`);
  return found;
}

export const container = (json: TerraformJson, path: string): Attributes => resource(json, "docker_container", path);

/** A resource without some of its attributes: those that a test holds elsewhere, or that follow from the others. */
export const without = (attributes: Attributes, ...names: readonly string[]): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));

/** What a resource has otherwise than another, or does not have (undefined): the rest is the same, attribute by attribute. */
export function differences(attributes: Attributes, base: Attributes): Attributes {
  const names = [...new Set([...Object.keys(attributes), ...Object.keys(base)])].sort();
  const differing = names.filter((name) => JSON.stringify(attributes[name]) !== JSON.stringify(base[name]));
  return Object.fromEntries(differing.map((name) => [name, attributes[name]]));
}

/** A job that says no more than it must; its own snapshot is in job.test.ts. */
export const plainJob = (): Attributes =>
  container(
    synth((stack) => new Job(stack, "Migrate", { image: shopImage(), command: ["migrate"] })),
    "Migrate/Resource",
  );

/** The value of a label of a resource; undefined when it has none of that name. */
export function label({ labels }: Attributes, name: string): string | undefined {
  return (labels as { label: string; value: string }[]).find((block) => block.label === name)?.value;
}

/** The resources of a stack as a graph: address to the addresses it names in `depends_on` or in an expression. */
export function references(json: TerraformJson): Map<string, string[]> {
  const edges = new Map<string, string[]>();
  for (const [type, blocks] of Object.entries(json.resource ?? {})) {
    for (const [name, block] of Object.entries(blocks)) {
      const text = JSON.stringify(Object.fromEntries(Object.entries(block).filter(([key]) => key !== "//")));
      edges.set(
        `${type}.${name}`,
        [...text.matchAll(/docker_\w+\.[\w-]+/g)].map(([address]) => address),
      );
    }
  }
  return edges;
}

/** Everything that a resource needs, directly or not. */
export function reachable(json: TerraformJson, from: string): Set<string> {
  const edges = references(json);
  const seen = new Set<string>();
  const visit = (address: string): void => {
    if (seen.has(address)) return;
    seen.add(address);
    (edges.get(address) ?? []).forEach(visit);
  };
  (edges.get(from) ?? []).forEach(visit);
  return seen;
}

/** The Terraform address of the resource at a construct path below the stack. */
export function address(json: TerraformJson, type: string, path: string): string {
  const found = Object.entries(json.resource?.[type] ?? {}).find(([, block]) => pathOf(block).replace(/^[^/]+\//, "") === path);
  if (found === undefined) throw new Error(`there must be a ${type} at ${path}`);
  return `${type}.${found[0]}`;
}
