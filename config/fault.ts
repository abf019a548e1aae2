import { redactUrl } from "./redact";

/** A setting that cannot be used. Faults are values: a stack with faults still synthesises, and refuses to be applied. */
export interface Fault {
  /** The setting, or the file when the fault is not one setting's. */
  readonly key: string;
  /** What was given, with passwords taken out. */
  readonly value: string;
  /** Completes the sentence "KEY must be ...". */
  readonly accepted: string;
  /** `file .env.prod line 3` or `variable PROD_WEB_PORT`. */
  readonly where: string;
  /** Why it is refused, or what to write instead. */
  readonly hint?: string;
}

const LONGEST_VALUE = 200;

/** Makes a fault; an empty hint is none. */
export function fault(key: string, value: string, accepted: string, where: string, hint = ""): Fault {
  return { key, value: redactUrl(value), accepted, where, ...(hint === "" ? {} : { hint: redactUrl(hint) }) };
}

/**
 * One message with every fault of an environment, a line each; empty without faults.
 * Plain text: what embeds it in a template must escape its own markers, since values are quoted as they were given.
 */
export function formatFaults(environmentName: string, faults: readonly Fault[]): string {
  if (faults.length === 0) return "";
  const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  return [`SETTINGS: ${environmentName} has ${count}; nothing is applied`, ...faults.map(line)].join("\n");
}

function line({ key, value, accepted, where, hint }: Fault): string {
  const shown = value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}...` : value;
  return `  ${key} must be ${accepted}, got ${JSON.stringify(shown)}${hint === undefined ? "" : `; ${hint}`} (${where})`;
}
