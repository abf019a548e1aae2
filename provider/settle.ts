import { sameAttribute, sameNested } from "./same";
import type { Block } from "./schema";
import { elements, isObject, UNKNOWN, type ObjectValue, type Value } from "./value";

/** The state after an apply: the plan, and what the daemon chose where the plan left it open. */
export function settlePlan(planned: ObjectValue, actual: ObjectValue): ObjectValue {
  return Object.fromEntries(Object.entries(planned).map(([name, value]) => [name, settle(value, actual[name])]));
}

function settle(planned: Value, actual: Value | undefined): Value {
  if (planned === UNKNOWN) return actual === undefined || actual === UNKNOWN ? null : actual;
  if (Array.isArray(planned)) return (planned as readonly Value[]).map((item, index) => settle(item, elements(actual)[index]));
  if (!isObject(planned)) return planned;
  return settlePlan(planned, isObject(actual) ? actual : {});
}

/**
 * The state after a refresh: what the daemon says, and the prior value where both mean the same or the resource says
 * nothing about it.
 */
export function settleRead(prior: ObjectValue, actual: ObjectValue, block: Block): ObjectValue {
  const result: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    result[name] = keepPrior(prior[name] ?? null, actual[name], (a, b) => sameAttribute(a, b, attribute));
  }
  for (const [name, nested] of Object.entries(block.blocks ?? {})) {
    result[name] = keepPrior(prior[name] ?? null, actual[name], (a, b) => sameNested(a, b, nested));
  }
  return result;
}

function keepPrior(prior: Value, actual: Value | undefined, same: (a: Value, b: Value) => boolean): Value {
  return actual === undefined || same(prior, actual) ? prior : actual;
}

/** An imported state with the schema's defaults where the daemon has nothing to say. */
export function settleImport(imported: ObjectValue, block: Block): ObjectValue {
  const defaults = Object.entries(block.attributes).flatMap(([name, attribute]): [string, Value][] => {
    return attribute.default === undefined || (imported[name] ?? null) !== null ? [] : [[name, attribute.default]];
  });
  return { ...imported, ...Object.fromEntries(defaults) };
}
