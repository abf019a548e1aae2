import type { AttributeType, Block, NestedBlock } from "./schema";
import { UNKNOWN, type ObjectValue, type Value } from "./value";

/**
 * Brings plain data (decoded msgpack or a stored state) into the form of a schema: what the schema does not know is
 * dropped, what is missing is `null`, missing blocks are none, numbers may come as decimal strings.
 */
export function conform(raw: unknown, block: Block): ObjectValue | null {
  if (raw === null || raw === undefined) return null;
  return conformBlock(asRecord(raw, "an object"), block);
}

/** A block in which nothing is set. */
export function emptyBlockValue(block: Block): ObjectValue {
  return conformBlock({}, block);
}

function conformBlock(record: Readonly<Record<string, unknown>>, block: Block): ObjectValue {
  const result: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(block.attributes)) result[name] = conformValue(record[name], attribute.type);
  for (const [name, nested] of Object.entries(block.blocks ?? {})) result[name] = conformNested(record[name], nested);
  return result;
}

function conformNested(raw: unknown, nested: NestedBlock): Value {
  if (raw === UNKNOWN) return UNKNOWN;
  if (nested.nesting === "single") return conform(raw, nested);
  if (raw === null || raw === undefined) return [];
  return asList(raw).map((item) => (item === UNKNOWN ? UNKNOWN : conformBlock(asRecord(item, "a block"), nested)));
}

function conformValue(raw: unknown, type: AttributeType): Value {
  if (raw === UNKNOWN) return UNKNOWN;
  if (raw === null || raw === undefined) return null;
  if (type === "number") return asNumber(raw);
  if (type === "string") return typeof raw === "string" ? raw : JSON.stringify(raw);
  if (type === "bool") return raw === true || raw === "true";
  if (type[0] === "object") return conformObject(asRecord(raw, "an object"), type[1]);
  const inner = type[1];
  if (type[0] !== "map") return asList(raw).map((item) => conformValue(item, inner));
  return Object.fromEntries(Object.entries(asRecord(raw, "a map")).map(([key, item]) => [key, conformValue(item, inner)]));
}

function conformObject(record: Readonly<Record<string, unknown>>, types: { readonly [name: string]: AttributeType }): ObjectValue {
  return Object.fromEntries(Object.entries(types).map(([name, type]) => [name, conformValue(record[name], type)]));
}

function asNumber(raw: unknown): number {
  const value = Number(raw);
  if (!Number.isNaN(value)) return value;
  throw new TypeError(`a value of the provider's schema must be a number, got ${JSON.stringify(raw)}`);
}

function asList(raw: unknown): readonly unknown[] {
  if (Array.isArray(raw)) return raw as readonly unknown[];
  throw new TypeError(`a value of the provider's schema must be a list, got ${typeof raw}`);
}

function asRecord(raw: unknown, wanted: string): Readonly<Record<string, unknown>> {
  if (typeof raw === "object" && raw !== null && !Array.isArray(raw)) return raw as Readonly<Record<string, unknown>>;
  throw new TypeError(`a value of the provider's schema must be ${wanted}, got ${Array.isArray(raw) ? "a list" : typeof raw}`);
}
