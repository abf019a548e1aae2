import { posix } from "node:path";
import type { Value } from "../value";
import { parseDuration } from "./duration";

type Check = (value: Value) => string | undefined;

const RESTART = ["no", "on-failure", "always", "unless-stopped"];
const PROPAGATION = ["private", "rprivate", "shared", "rshared", "slave", "rslave"];
const MOUNT_TYPES = ["bind", "volume", "tmpfs"];

function show(value: Value): string {
  return JSON.stringify(value);
}

/** Refuses what is not in the list. */
export function oneOf(accepted: readonly string[]): Check {
  return (value) =>
    typeof value === "string" && accepted.includes(value) ? undefined : `must be one of ${accepted.join(", ")}, got ${show(value)}`;
}

function matches(pattern: RegExp, meaning: string): Check {
  return (value) => (typeof value === "string" && pattern.test(value) ? undefined : `must be ${meaning}, got ${show(value)}`);
}

/** Refuses numbers below the least one. */
export function sizeFault(least: number): Check {
  return (value) => (typeof value === "number" && value >= least ? undefined : `must be ${least} or more, got ${show(value)}`);
}

export const restartFault = oneOf(RESTART);
export const propagationFault = oneOf(PROPAGATION);
export const mountTypeFault = oneOf(MOUNT_TYPES);
export const cpuSetFault = matches(/^\d+([,-]\d+)*$/, "a list of CPUs such as `0-2,4`");
export const permissionsFault = matches(/^0?[0-7]{3,4}$/, "an octal mode such as `0644`");
export const relabelFault = matches(/^[zZ]?$/, "`z` (for all containers) or `Z` (for this one alone)");
export const quotaFault = sizeFault(-1);

/** Refuses what is no score of the kernel's killer. */
export function oomScoreFault(value: Value): string | undefined {
  const known = typeof value === "number" && value >= -1000 && value <= 1000;
  return known ? undefined : `must be -1000 to 1000, got ${show(value)}`;
}

/** Refuses what is no base64. */
export function base64Fault(value: Value): string | undefined {
  // Without groups: what is uploaded may be large, and each round of a group takes a place on the stack.
  if (typeof value === "string" && value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value)) return undefined;
  return "must be base64 (`base64encode(...)`), got other characters or a wrong length";
}

/** Refuses paths that are not absolute. */
export function absolutePathFault(value: Value): string | undefined {
  return typeof value === "string" && (value === "" || posix.isAbsolute(value))
    ? undefined
    : `must be an absolute path, got ${show(value)}`;
}

/** Refuses what Go does not read as a duration. */
export function durationFault(value: Value): string | undefined {
  if (typeof value === "string" && parseDuration(value) !== undefined) return undefined;
  return `must be a duration such as "1m30s" or "500ms", got ${show(value)}`;
}
