import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CONTAINER_SCHEMA } from "../../provider/resources/container-schema";
import { IMAGE_SCHEMA } from "../../provider/resources/image-schema";
import type { Attribute, Block, NestedBlock, ResourceSchema } from "../../provider/schema";

interface RecordedBlock {
  readonly attributes?: Readonly<Record<string, { type: unknown; required?: true; optional?: true; computed?: true }>>;
  readonly block_types?: Readonly<Record<string, { nesting_mode: string; max_items?: number; block: RecordedBlock }>>;
}

interface Behaviour {
  readonly path: string;
  readonly forceNew?: true;
  readonly default?: unknown;
}

const read = (
  name: string,
): {
  resource_schemas?: Record<string, { version: number; block: RecordedBlock }>;
  resources?: Record<string, { attributes: Behaviour[]; schemaVersion: number }>;
} => JSON.parse(readFileSync(join(__dirname, "../fixtures/conformance/schema", name), "utf8")) as ReturnType<typeof read>;

const schemas = read("4.5.0.json").resource_schemas ?? {};
const behaviours = read("4.5.0-behaviour.json").resources ?? {};

/** One line per attribute and block of a schema. */
function describeOurs(block: Block, at = ""): string[] {
  const attributes = Object.entries(block.attributes).map(
    ([name, { type, required, optional, computed }]) => `${at}${name} ${JSON.stringify({ type, required, optional, computed })}`,
  );
  const nested = Object.entries(block.blocks ?? {}).flatMap(([name, inner]) => [
    `${at}${name} ${inner.nesting} ${inner.max ?? ""}`,
    ...describeOurs(inner, `${at}${name}.`),
  ]);
  return [...attributes, ...nested].sort();
}

function describeRecorded(block: RecordedBlock, at = ""): string[] {
  const attributes = Object.entries(block.attributes ?? {}).map(
    ([name, { type, required, optional, computed }]) => `${at}${name} ${JSON.stringify({ type, required, optional, computed })}`,
  );
  const nested = Object.entries(block.block_types ?? {}).flatMap(([name, inner]) => [
    `${at}${name} ${inner.nesting_mode} ${inner.max_items ?? ""}`,
    ...describeRecorded(inner.block, `${at}${name}.`),
  ]);
  return [...attributes, ...nested].sort();
}

function find(schema: ResourceSchema, path: string): Attribute | NestedBlock | undefined {
  const names = path.split(".");
  const last = names.pop() ?? "";
  const block = names.reduce<Block | undefined>((outer, name) => outer?.blocks?.[name], schema);
  return block?.attributes[last] ?? block?.blocks?.[last];
}

/** Where we replace though the public provider plans a change in place that never reaches the container. */
const ALSO_REPLACE = ["device_read_bps", "device_read_iops", "device_write_bps", "device_write_iops", "healthcheck", "init", "rm", "tmpfs"];

describe.each([
  ["docker_container", CONTAINER_SCHEMA, ["pids_limit", "blkio_weight", "oom_score_adj", "uts_mode"]],
  ["docker_image", IMAGE_SCHEMA, []],
] as const)("the schema of %s", (typeName, schema, own) => {
  it("has every attribute and block of the public provider's 4.5.0 with its type, and what is ours", () => {
    const recorded = describeRecorded(schemas[typeName]?.block ?? {});
    const ours = describeOurs(schema).filter((line) => !own.some((name) => line.startsWith(`${name} `)));
    expect(ours).toEqual(recorded);
    expect(schema.version).toBe(schemas[typeName]?.version);
    for (const name of own) expect(schema.attributes[name]).toMatchObject({ optional: true });
  });

  it("replaces where the public provider does, and where a change would not reach the container", () => {
    const behaviour = behaviours[typeName]?.attributes ?? [];
    const differing = behaviour
      .filter(({ path, forceNew }) => (find(schema, path)?.forceNew ?? false) !== (forceNew ?? false))
      .map(({ path }) => path);
    expect(differing.filter((path) => !path.includes("labels.")).sort()).toEqual(typeName === "docker_container" ? ALSO_REPLACE : []);
  });

  it("has the public provider's defaults", () => {
    const recorded = (behaviours[typeName]?.attributes ?? []).filter(
      (attribute) => attribute.default !== undefined && attribute.default !== "",
    );
    for (const { path, default: value } of recorded)
      expect([path, find(schema, path)]).toEqual([path, expect.objectContaining({ default: value })]);
  });
});
