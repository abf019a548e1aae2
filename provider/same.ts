import type { Attribute, AttributeType, Block, NestedBlock } from "./schema";
import { isObject, isZero, UNKNOWN, type ObjectValue, type Value } from "./value";

/**
 * True when two values of an attribute mean the same: sets are free of order, and "not set" is the same as `""`,
 * `false`, `0`, an empty list or an empty map, since the public provider stores the one for the other.
 */
export function sameAttribute(a: Value, b: Value, attribute: Attribute): boolean {
  if (a === UNKNOWN || b === UNKNOWN) return false;
  if (isZero(a) && isZero(b)) return true;
  if (a !== null && b !== null && attribute.equal?.(a, b)) return true;
  return canonicalAttribute(a, attribute.type) === canonicalAttribute(b, attribute.type);
}

/** True when two values of a nested block mean the same. */
export function sameNested(a: Value, b: Value, nested: NestedBlock): boolean {
  if (a === UNKNOWN || b === UNKNOWN) return false;
  if (nested.equal?.(a, b)) return true;
  if (nested.nesting === "single") return (isZero(a) && isZero(b)) || (isObject(a) && isObject(b) && sameBlock(a, b, nested));
  const left = Array.isArray(a) ? (a as readonly Value[]) : [];
  const right = Array.isArray(b) ? (b as readonly Value[]) : [];
  if (left.length !== right.length) return false;
  if (nested.nesting === "list") return left.every((item, index) => sameItem(item, right[index] ?? null, nested));
  return matchAll(left, right, nested);
}

/** True when all attributes and blocks of two blocks mean the same. */
export function sameBlock(a: ObjectValue, b: ObjectValue, block: Block): boolean {
  const attributes = Object.entries(block.attributes);
  if (!attributes.every(([name, attribute]) => sameAttribute(a[name] ?? null, b[name] ?? null, attribute))) return false;
  return Object.entries(block.blocks ?? {}).every(([name, nested]) => sameNested(a[name] ?? null, b[name] ?? null, nested));
}

function sameItem(a: Value, b: Value, nested: NestedBlock): boolean {
  return isObject(a) && isObject(b) && sameBlock(a, b, nested);
}

function matchAll(left: readonly Value[], right: readonly Value[], nested: NestedBlock): boolean {
  const open = [...right];
  return left.every((item) => {
    const index = open.findIndex((candidate) => sameItem(item, candidate, nested));
    if (index >= 0) open.splice(index, 1);
    return index >= 0;
  });
}

function canonicalAttribute(value: Value, type: AttributeType): string {
  if (value === UNKNOWN) return "?";
  if (typeof type === "string" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return canonicalItems(value as readonly Value[], type);
  const object = isObject(value) ? value : {};
  const typeOf = (name: string): AttributeType => (type[0] === "object" ? (type[1][name] ?? "string") : type[1]);
  const entries = Object.keys(object)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalAttribute(object[name] ?? null, typeOf(name))}`);
  return `{${entries.join()}}`;
}

function canonicalItems(items: readonly Value[], type: Exclude<AttributeType, string>): string {
  const inner = type[0] === "object" ? "string" : type[1];
  const texts = items.map((item) => canonicalAttribute(item, inner));
  return `[${(type[0] === "set" ? texts.sort() : texts).join()}]`;
}
