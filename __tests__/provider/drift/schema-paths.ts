import { sameAttribute, sameNested } from "../../../provider/same";
import type { Block, NestedBlock } from "../../../provider/schema";
import { isObject, blocks, type ObjectValue, type Value } from "../../../provider/value";

/** Paths of all attributes that a user can set: `memory`, `ports.internal`. */
export function settable(block: Block, at = ""): string[] {
  const own = Object.entries(block.attributes).filter(([, { required, optional }]) => required ?? optional);
  const nested = Object.entries(block.blocks ?? {}).flatMap(([name, inner]) => settable(inner, `${at}${name}.`));
  return [...own.map(([name]) => at + name), ...nested];
}

/** True where the schema says that a change of the path makes a new object. */
export function replaces(block: Block, path: string): boolean {
  const [name = "", ...rest] = path.split(".");
  if (rest.length === 0) return block.attributes[name]?.forceNew === true;
  const inner = block.blocks?.[name];
  return inner !== undefined && (inner.forceNew === true || replaces(inner, rest.join(".")));
}

/** Paths of the settable attributes that differ. A block that one side has alone differs by its own path. */
export function changed(before: ObjectValue, after: ObjectValue, block: Block, at = ""): string[] {
  const attributes = Object.entries(block.attributes).filter(([name, attribute]) => {
    const isSettable = attribute.required ?? attribute.optional;
    return isSettable && !sameAttribute(before[name] ?? null, after[name] ?? null, attribute);
  });
  const nested = Object.entries(block.blocks ?? {}).flatMap(([name, inner]) =>
    sameNested(before[name] ?? null, after[name] ?? null, inner)
      ? []
      : changedBlocks(itemsOf(before[name]), itemsOf(after[name]), inner, at + name),
  );
  return [...attributes.map(([name]) => at + name), ...nested];
}

function changedBlocks(before: readonly ObjectValue[], after: readonly ObjectValue[], nested: NestedBlock, path: string): string[] {
  const isSet = nested.nesting === "set";
  const [left, right] = isSet ? [without(before, after, nested), without(after, before, nested)] : [before, after];
  if (left.length !== right.length) return [path];
  return left.flatMap((item, index) => changed(item, right[index] ?? {}, nested, `${path}.`));
}

/** The elements of one set that the other does not have. */
function without(items: readonly ObjectValue[], others: readonly ObjectValue[], nested: NestedBlock): readonly ObjectValue[] {
  return items.filter((item) => !others.some((other) => sameNested([item], [other], nested)));
}

function itemsOf(value: Value | undefined): readonly ObjectValue[] {
  return isObject(value) ? [value] : blocks(value);
}

/** The attribute or block of the resource that a path begins with. */
export const topOf = (path: string): string => path.split(".")[0] ?? path;
