import { isDeepStrictEqual } from "node:util";
import { blocks, isZero, text, texts, type ObjectValue, type Value } from "../value";
import { canonical } from "./container-equal";
import { parseDuration } from "./duration";

type Equal = (prior: Value, planned: Value) => boolean;

/** Equal when each block of the one has its like among the other's, whatever their order. */
export function equalBlocks(same: (one: ObjectValue, other: ObjectValue) => boolean): Equal {
  return (prior, planned) => {
    const open = [...blocks(planned)];
    const matched = blocks(prior).every((block) => {
      const index = open.findIndex((candidate) => same(block, candidate));
      return index >= 0 && open.splice(index, 1).length === 1;
    });
    return matched && open.length === 0 && isList(prior) && isList(planned);
  };
}

function isList(value: Value): boolean {
  return value === null || Array.isArray(value);
}

/** References to one secret or config: its name may be left to the engine. */
export function equalReferences(kind: "secret" | "config"): Equal {
  const name = `${kind}_name`;
  return equalBlocks((one, other) => {
    const named = !isZero(one[name] ?? null) && !isZero(other[name] ?? null);
    return canonical(named ? one : { ...one, [name]: null }) === canonical(named ? other : { ...other, [name]: null });
  });
}

/** Attachments to one network, by id or name: an import knows both. */
export const equalNetworks = equalBlocks((one, other) => {
  const rest = (block: ObjectValue): string => canonical({ aliases: block["aliases"] ?? null, driver_opts: block["driver_opts"] ?? null });
  return networkKeys(one).some((key) => networkKeys(other).includes(key)) && rest(one) === rest(other);
});

function networkKeys(network: ObjectValue): string[] {
  return [text(network["id"]), text(network["name"])].filter((key): key is string => key !== undefined && key !== "");
}

/** The engine says `any` where no condition was given. */
export const equalRestartPolicies = equalBlocks((one, other) => restartKey(one) === restartKey(other));

function restartKey(policy: ObjectValue): string {
  const duration = (name: string): number => parseDuration(text(policy[name]) ?? "") ?? -1;
  const attempts = policy["max_attempts"] ?? 0;
  return canonical({ condition: text(policy["condition"]) || "any", delay: duration("delay"), window: duration("window"), attempts });
}

/** `0`, `0.0` and the like. */
export function equalRatio(prior: Value, planned: Value): boolean {
  return Number(prior) === Number(planned);
}

/** What a preference spreads over: `spread=node.labels.zone` and `node.labels.zone`. */
export function spreadOver(preference: string): string {
  return preference.replace(/^spread=/, "");
}

/** Equal when they spread over the same. */
export function equalPreferences(prior: Value, planned: Value): boolean {
  const sorted = (value: Value): string[] => texts(value).map(spreadOver).sort();
  return isDeepStrictEqual(sorted(prior), sorted(planned));
}
