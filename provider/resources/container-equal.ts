import { isDeepStrictEqual } from "node:util";
import { blocks, isObject, isZero, texts, UNKNOWN, type ObjectValue, type Value } from "../value";
import { sameDuration } from "./duration";

/** Equal when they are the same length of time. */
export function equalDuration(prior: Value, planned: Value): boolean {
  return typeof prior === "string" && typeof planned === "string" && sameDuration(prior, planned);
}

/** `CAP_NET_RAW` for `net_raw` and the like. */
export function capabilityName(name: string): string {
  const upper = name.toUpperCase();
  return upper === "ALL" || upper.startsWith("CAP_") ? upper : `CAP_${upper}`;
}

/** Equal when they name the same capabilities, with or without `CAP_`. */
export function equalCapabilities(prior: Value, planned: Value): boolean {
  return isDeepStrictEqual(capabilityNames(prior), capabilityNames(planned));
}

/** Equal when both blocks add and drop the same. */
export function equalCapabilityBlocks(prior: Value, planned: Value): boolean {
  const sets = (value: Value) =>
    blocks(value).map((block) => [capabilityNames(block["add"] ?? null), capabilityNames(block["drop"] ?? null)]);
  return isDeepStrictEqual(sets(prior), sets(planned));
}

function capabilityNames(value: Value): string[] {
  return [...new Set(texts(value).map(capabilityName))].sort();
}

/** Equal when they publish the same, in whatever order; `external` is not compared where either has none. */
export function equalPorts(prior: Value, planned: Value): boolean {
  const left = blocks(prior).map(portKey).sort();
  const right = blocks(planned).map(portKey).sort();
  return isDeepStrictEqual(left, right);
}

function portKey(port: ObjectValue): string {
  return JSON.stringify([port["internal"] ?? 0, port["protocol"] ?? "tcp", port["ip"] ?? "0.0.0.0", port["external"] ?? 0]);
}

/** Equal where unset and empty are the same, sets in any order. */
export function sameValue(one: Value | undefined, other: Value | undefined): boolean {
  return canonical(one ?? null) === canonical(other ?? null);
}

/** A text that is the same for values that mean the same: unset parts left out, lists of texts and blocks sorted. */
export function canonical(value: Value): string {
  if (isZero(value)) return "";
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(canonical).sort().join(",")}]`;
  if (!isObject(value)) return value === UNKNOWN ? "unknown" : JSON.stringify(value);
  const parts = Object.keys(value)
    .sort()
    .map((name) => [name, canonical(value[name] ?? null)]);
  return `{${parts
    .filter(([, part]) => part !== "")
    .map(([name, part]) => `${name}:${part}`)
    .join(",")}}`;
}
