import { isObject } from "./attributes";
import type { Exception } from "./exception";
import type { ProgramFiles } from "./program-files";
import { PROFILES, SEVERITIES, type Profile, type SeverityOverrides } from "./severity";

/** Name of the file beside a stack's `cdk.tf.json`. */
export const RECORD_FILE = "policies.json";

/** What the program says about a stack's policies, for those that judge the stack later. */
export interface PolicyRecord {
  /** Construct path of the stack. */
  readonly stack: string;
  readonly profile: Profile;
  readonly severities: SeverityOverrides;
  readonly exceptions: readonly Exception[];
  readonly hostMemoryMiB?: number;
  readonly program: ProgramFiles;
}

/** Reads a record. @returns undefined when it is none */
export function parseRecord(json: unknown): PolicyRecord | undefined {
  return isRecord(json) ? json : undefined;
}

function isRecord(json: unknown): json is PolicyRecord {
  if (!isObject(json)) return false;
  const { stack, profile, severities, exceptions, hostMemoryMiB, program } = json;
  return (
    typeof stack === "string" &&
    PROFILES.some((known) => known === profile) &&
    isObject(severities) &&
    Object.values(severities).every((severity) => SEVERITIES.some((known) => known === severity)) &&
    Array.isArray(exceptions) &&
    exceptions.every(isException) &&
    (hostMemoryMiB === undefined || typeof hostMemoryMiB === "number") &&
    isObject(program) &&
    Object.values(program).every((hash) => hash === null || typeof hash === "string")
  );
}

function isException(value: unknown): value is Exception {
  return (
    isObject(value) &&
    ["rule", "on", "because"].every((key) => typeof value[key] === "string") &&
    typeof value["optional"] === "boolean" &&
    ["undefined", "string"].includes(typeof value["about"])
  );
}
