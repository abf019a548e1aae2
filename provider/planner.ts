import { sameAttribute, sameBlock, sameNested } from "./same";
import type { Attribute, Block, NestedBlock } from "./schema";
import { blocks, elements, isObject, isZero, UNKNOWN, type ObjectValue, type Value } from "./value";

/**
 * The planned state of an object: what the configuration sets, else the default, else what the daemon chose before,
 * else unknown until it has chosen. Where configuration and prior state mean the same the prior value is kept, so that
 * nothing is shown as a change that is none.
 * @param prior `null` when the object is created
 */
export function planBlock(config: ObjectValue, prior: ObjectValue | null, block: Block): ObjectValue {
  const planned: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    planned[name] = planAttribute(config[name] ?? null, prior ? (prior[name] ?? null) : undefined, attribute);
  }
  for (const [name, nested] of Object.entries(block.blocks ?? {})) {
    planned[name] = planNested(config[name] ?? null, prior ? (prior[name] ?? null) : undefined, nested);
  }
  return planned;
}

function planAttribute(config: Value, prior: Value | undefined, attribute: Attribute): Value {
  if (config === null && attribute.computed) return prior === undefined ? UNKNOWN : prior;
  const wanted = config ?? attribute.default ?? null;
  return prior !== undefined && sameAttribute(prior, wanted, attribute) ? prior : wanted;
}

function planNested(config: Value, prior: Value | undefined, nested: NestedBlock): Value {
  if (config === UNKNOWN) return UNKNOWN;
  if (isZero(config) && nested.computed) return prior === undefined ? UNKNOWN : prior;
  const wanted = nested.nesting === "single" ? planSingle(config, prior, nested) : planItems(config, prior, nested);
  return prior !== undefined && sameNested(prior, wanted, nested) ? prior : wanted;
}

function planSingle(config: Value, prior: Value | undefined, nested: NestedBlock): Value {
  if (!isObject(config)) return null;
  return planBlock(config, isObject(prior) ? prior : null, nested);
}

function planItems(config: Value, prior: Value | undefined, nested: NestedBlock): Value {
  const before = blocks(prior);
  return elements(config).map((item, index) => {
    if (!isObject(item)) return UNKNOWN;
    const match = nested.nesting === "list" ? before[index] : before.find((candidate) => meets(candidate, item, nested));
    return planBlock(item, match ?? null, nested);
  });
}

// An element of a set has no place: it is the one that has everything that the configuration sets.
function meets(candidate: ObjectValue, config: ObjectValue, nested: NestedBlock): boolean {
  return sameBlock(candidate, planBlock(config, candidate, nested), nested);
}

/** Names of the top-level attributes and blocks whose planned change replaces the object. */
export function replacedBy(prior: ObjectValue, planned: ObjectValue, block: Block): string[] {
  const attributes = Object.entries(block.attributes).filter(([name, attribute]) => {
    return attribute.forceNew && !sameAttribute(prior[name] ?? null, planned[name] ?? null, attribute);
  });
  const nested = Object.entries(block.blocks ?? {}).filter(([name, inner]) =>
    replacesInside(prior[name] ?? null, planned[name] ?? null, inner),
  );
  return [...attributes, ...nested].map(([name]) => name);
}

function replacesInside(prior: Value, planned: Value, nested: NestedBlock): boolean {
  if (sameNested(prior, planned, nested)) return false;
  if (nested.forceNew) return true;
  if (planned === UNKNOWN) return hasForceNew(nested);
  const [before, after] = [itemsOf(prior), itemsOf(planned)];
  if (nested.nesting === "set") return [...without(before, after, nested), ...without(after, before, nested)].some(replaces(nested));
  const longest = before.length > after.length ? before : after;
  return longest.some((_, index) => replacedBy(before[index] ?? {}, after[index] ?? {}, nested).length > 0);
}

/** The blocks of one set that the other does not have. */
function without(blocks: readonly ObjectValue[], others: readonly ObjectValue[], nested: NestedBlock): readonly ObjectValue[] {
  return blocks.filter((block) => !others.some((other) => sameNested([block], [other], nested)));
}

/** A block that comes or goes replaces the object by what is set in it. */
function replaces(nested: NestedBlock): (block: ObjectValue) => boolean {
  return (block) => replacedBy({}, block, nested).length > 0;
}

function itemsOf(value: Value): readonly ObjectValue[] {
  return isObject(value) ? [value] : blocks(value);
}

function hasForceNew(block: Block): boolean {
  if (Object.values(block.attributes).some((attribute) => attribute.forceNew)) return true;
  return Object.values(block.blocks ?? {}).some((nested) => nested.forceNew === true || hasForceNew(nested));
}
