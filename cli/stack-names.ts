import { readdirSync } from "node:fs";
import { join } from "node:path";

import { Failure } from "./failure";

/** The command that writes what the commands read. */
export const SYNTH = "npx cdktf synth";

/** Names of the stacks that were synthesised into a directory, sorted. */
export function stackNames(output: string): string[] {
  try {
    return readdirSync(join(output, "stacks")).sort();
  } catch (cause) {
    throw new Failure("environment", `NOT_SYNTHESISED: ${output} must hold the synthesised stacks, got none; run: ${SYNTH}`, { cause });
  }
}

/** @throws Failure for a stack that is not there */
export function requireStack(output: string, name: string): void {
  const known = stackNames(output);
  if (known.includes(name)) return;
  throw new Failure("usage", `UNKNOWN_ENVIRONMENT: environment must be one of ${known.join(", ")}, got "${name}"`);
}
