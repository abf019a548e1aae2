import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROVIDER_SCHEMA } from "../../provider/configuration";
import { DATA_SOURCES, RESOURCES } from "../../provider/resources";
import type { Attribute, Block, NestedBlock, ResourceSchema } from "../../provider/schema";

interface RecordedAttribute {
  readonly type?: unknown;
  readonly nested_type?: { readonly attributes: Readonly<Record<string, RecordedAttribute>>; readonly nesting_mode: string };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
}

interface RecordedBlock {
  readonly attributes?: Readonly<Record<string, RecordedAttribute>>;
  readonly block_types?: Readonly<Record<string, { block: RecordedBlock; nesting_mode: string; min_items?: number; max_items?: number }>>;
}

interface RecordedSchema {
  readonly version: number;
  readonly block: RecordedBlock;
}

interface Behaviour {
  readonly path: string;
  readonly forceNew?: boolean;
  readonly default?: string | number | boolean;
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(__dirname, "../fixtures/conformance/schema", file), "utf8"));
const recorded = read("4.5.0.json") as Record<"resource_schemas" | "data_source_schemas", Record<string, RecordedSchema>> & {
  provider: RecordedSchema;
};
const behaviour = read("4.5.0-behaviour.json") as { resources: Record<string, { attributes: Behaviour[] }> };

/** Attributes that only ours has. */
const OURS: Readonly<Record<string, readonly string[]>> = { docker_container: ["pids_limit", "blkio_weight", "oom_score_adj", "uts_mode"] };

/** Changes that the public provider neither makes in place nor by replacement: it stores them, and the container goes on as it was. */
const MENDED: Readonly<Record<string, readonly string[]>> = {
  docker_container: ["device_read_bps", "device_read_iops", "device_write_bps", "device_write_iops", "healthcheck", "init", "rm", "tmpfs"],
};

/** A schema in the form in which the public provider's was recorded. */
function inRecordedForm(block: Block, without: readonly string[] = []): RecordedBlock {
  const attributes = Object.entries(block.attributes).filter(([name]) => !without.includes(name));
  const blocks = Object.entries(block.blocks ?? {});
  return {
    ...(attributes.length > 0 ? { attributes: recordedAttributes(Object.fromEntries(attributes)) } : {}),
    ...(blocks.length > 0 ? { block_types: Object.fromEntries(blocks.map(([name, nested]) => [name, recordedNested(nested)])) } : {}),
  };
}

function recordedAttributes(attributes: Block["attributes"]): Record<string, RecordedAttribute> {
  return Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, recordedAttribute(attribute)]));
}

function recordedAttribute({ type, nested, required, optional, computed, sensitive }: Attribute): RecordedAttribute {
  return {
    ...(nested ? { nested_type: { nesting_mode: nested.nesting, attributes: recordedAttributes(nested.attributes) } } : { type }),
    ...(required ? { required } : {}),
    ...(optional ? { optional } : {}),
    ...(computed ? { computed } : {}),
    ...(sensitive ? { sensitive } : {}),
  };
}

function recordedNested(nested: NestedBlock): NonNullable<RecordedBlock["block_types"]>[string] {
  const { nesting, min, max } = nested;
  return { block: inRecordedForm(nested), nesting_mode: nesting, ...(min ? { min_items: min } : {}), ...(max ? { max_items: max } : {}) };
}

const withoutDescriptions = (schema: RecordedSchema | undefined): unknown =>
  JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === "description_kind" || key === "deprecated" ? undefined : value,
  ) as unknown;

/** Force-new flags and defaults of all paths, `ports.internal` and the like. */
function behaviourOf(block: Block, prefix = ""): Behaviour[] {
  const attributes = Object.entries(block.attributes).map(([name, attribute]) => ({
    path: prefix + name,
    ...(attribute.forceNew ? { forceNew: true } : {}),
    ...(attribute.default === undefined ? {} : { default: attribute.default }),
  }));
  const nested = Object.entries(block.blocks ?? {}).flatMap(([name, inner]) => [
    { path: prefix + name, ...(inner.forceNew ? { forceNew: true } : {}) },
    ...behaviourOf(inner, `${prefix}${name}.`),
  ]);
  return [...attributes, ...nested];
}

const byPath = (list: readonly Behaviour[]): Record<string, unknown> =>
  Object.fromEntries(
    list
      // An empty default is the same as none.
      .map(({ path, forceNew = false, default: value }) => ({ path, forceNew, value: value === "" ? undefined : value }))
      .filter(({ forceNew, value }) => forceNew || value !== undefined)
      .map(({ path, ...rest }) => [path, rest]),
  );

describe.each(Object.entries(RESOURCES))("the schema of %s", (name, resource) => {
  const ours = OURS[name] ?? [];

  it("is the public provider's", () => {
    const schema: ResourceSchema = resource.schema;
    expect({ version: schema.version, block: inRecordedForm(schema, ours) }).toEqual(withoutDescriptions(recorded.resource_schemas[name]));
  });

  it("replaces and fills in where the public provider does", () => {
    const known = behaviourOf(resource.schema).filter(({ path }) => !ours.includes(path));
    const theirs = behaviour.resources[name]?.attributes ?? [];
    const mended = (MENDED[name] ?? []).map((path) => ({ ...theirs.find((attribute) => attribute.path === path), path, forceNew: true }));
    expect(byPath(known)).toEqual({ ...byPath(theirs), ...byPath(mended) });
  });
});

describe.each(Object.entries(DATA_SOURCES))("the schema of the data source %s", (name, source) => {
  it("is the public provider's", () => {
    expect({ version: source.schema.version, block: inRecordedForm(source.schema) }).toEqual(
      withoutDescriptions(recorded.data_source_schemas[name]),
    );
  });
});

it("has the public provider's provider block", () => {
  expect({ version: PROVIDER_SCHEMA.version, block: inRecordedForm(PROVIDER_SCHEMA) }).toEqual(withoutDescriptions(recorded.provider));
});
