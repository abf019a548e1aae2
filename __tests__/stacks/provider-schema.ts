import { readFileSync } from "node:fs";
import { join } from "node:path";

type Type = string | readonly [kind: "list" | "set" | "map", of: Type];

interface Attribute {
  readonly type: Type;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
}

interface Nested {
  readonly block: Block;
  readonly nesting_mode: "single" | "list" | "set" | "map";
  readonly min_items?: number;
  readonly max_items?: number;
}

interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, Nested>>;
}

type Blocks = Readonly<Record<string, { readonly block: Block }>>;

interface Schema {
  readonly provider: { readonly block: Block };
  readonly resource_schemas: Blocks;
  readonly data_source_schemas: Blocks;
}

interface Behaviour {
  readonly resources: Readonly<
    Record<string, { readonly attributes: readonly { readonly path: string; readonly conflictsWith?: readonly string[] }[] }>
  >;
}

type Values = Readonly<Record<string, unknown>>;

/** Configuration as cdktf writes it. */
export interface Configuration {
  readonly provider?: { readonly docker?: readonly Values[] };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Values>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Values>>>>;
}

const OF_TERRAFORM = new Set(["//", "depends_on", "lifecycle", "provider", "count", "for_each", "provisioner", "connection"]);

const isObject = (value: unknown): value is Values => typeof value === "object" && value !== null && !Array.isArray(value);

/** An expression can be of any type. */
const isExpression = (value: unknown): boolean => typeof value === "string" && /^\$\{.*\}$/s.test(value);

/** Whether Terraform converts the value to the type. */
function fits(value: unknown, type: Type): boolean {
  if (isExpression(value)) return true;
  if (Array.isArray(type)) {
    const [kind, of] = type as readonly [string, Type];
    if (kind === "map") return isObject(value) && Object.values(value).every((item) => fits(item, of));
    return Array.isArray(value) && value.every((item) => fits(item, of));
  }
  if (type === "number")
    return typeof value === "number" || (typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value)));
  if (type === "bool") return typeof value === "boolean" || value === "true" || value === "false";
  return type === "string" && ["string", "number", "boolean"].includes(typeof value);
}

/** The public provider's schema of one recorded version, and what it refuses. */
export class ProviderSchema {
  private readonly schema: Schema;
  private readonly behaviour: Behaviour;

  constructor(version: string) {
    const read = (file: string): unknown =>
      JSON.parse(readFileSync(join(__dirname, "..", "fixtures", "conformance", "schema", file), "utf8"));
    this.schema = read(`${version}.json`) as Schema;
    this.behaviour = read(`${version}-behaviour.json`) as Behaviour;
  }

  /** What is not valid under the schema, by address; blocks of other providers are left out. */
  faults({ provider, resource, data }: Configuration): string[] {
    return [
      ...(provider?.docker ?? []).flatMap((values) => blockFaults("provider.docker", values, this.schema.provider.block)),
      ...this.faultsOf("", resource ?? {}, this.schema.resource_schemas),
      ...this.faultsOf("data.", data ?? {}, this.schema.data_source_schemas),
    ];
  }

  private faultsOf(prefix: string, all: NonNullable<Configuration["resource"]>, schemas: Blocks): string[] {
    return Object.entries(all).flatMap(([type, blocks]) => {
      if (!type.startsWith("docker_")) return [];
      const schema = schemas[type];
      return Object.entries(blocks).flatMap(([name, values]) => {
        const address = `${prefix}${type}.${name}`;
        if (schema === undefined) return [`${address}: no such type`];
        return [...blockFaults(address, values, schema.block), ...this.conflicts(address, type, values)];
      });
    });
  }

  private conflicts(address: string, type: string, values: Values): string[] {
    const rules = this.behaviour.resources[type]?.attributes ?? [];
    return rules.flatMap(({ path, conflictsWith = [] }) =>
      values[path] === undefined
        ? []
        : conflictsWith.filter((other) => values[other] !== undefined).map((other) => `${address}.${path}: conflicts with ${other}`),
    );
  }
}

function blockFaults(address: string, values: Values, { attributes = {}, block_types: nested = {} }: Block): string[] {
  const given = Object.entries(values).filter(([key, value]) => !OF_TERRAFORM.has(key) && value !== null);
  const missing = Object.entries(attributes).filter(([key, { required }]) => required === true && (values[key] ?? null) === null);
  const empty = Object.entries(nested).filter(([key, { min_items: least = 0 }]) => least > 0 && values[key] === undefined);
  return [
    ...given.flatMap(([key, value]) => {
      const [attribute, block] = [attributes[key], nested[key]];
      if (attribute !== undefined) return attributeFaults(`${address}.${key}`, value, attribute);
      return block === undefined ? [`${address}.${key}: no such attribute or block`] : nestedFaults(`${address}.${key}`, value, block);
    }),
    ...[...missing, ...empty].map(([key]) => `${address}.${key}: required`),
  ];
}

function attributeFaults(address: string, value: unknown, { type, required, optional }: Attribute): string[] {
  if (required !== true && optional !== true) return [`${address}: cannot be set`];
  return fits(value, type) ? [] : [`${address}: must be ${JSON.stringify(type)}, got ${JSON.stringify(value)}`];
}

function nestedFaults(
  address: string,
  value: unknown,
  { block, nesting_mode: mode, min_items: least = 0, max_items: most = 0 }: Nested,
): string[] {
  const blocks: readonly unknown[] = Array.isArray(value) ? value : [value];
  const limit = mode === "single" ? 1 : most;
  const counted =
    blocks.length < least || (limit > 0 && blocks.length > limit)
      ? [`${address}: must be ${String(least)} to ${String(limit)} blocks, got ${String(blocks.length)}`]
      : [];
  return [
    ...counted,
    ...blocks.flatMap((item, index) =>
      isObject(item) ? blockFaults(`${address}[${String(index)}]`, item, block) : [`${address}[${String(index)}]: must be a block`],
    ),
  ];
}
