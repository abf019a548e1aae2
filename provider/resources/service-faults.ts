import type { Diagnostic } from "../diagnostic";
import { blocks, flag, isZero, texts, UNKNOWN, type ObjectValue, type Value } from "../value";

/** Refuses what is no share between 0 and 1. */
export function ratioFault(value: Value): string | undefined {
  const ratio = typeof value === "string" && /^\d*\.?\d+$/.test(value) ? Number(value) : NaN;
  return ratio >= 0 && ratio <= 1 ? undefined : `must be a number from 0.0 to 1.0, got ${JSON.stringify(value)}`;
}

/** Refuses modes of a file that are none; Terraform has no octal numbers. */
export function fileModeFault(value: Value): string | undefined {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 0o7777) return undefined;
  return `must be a file mode in decimal such as 256 for 0400, got ${JSON.stringify(value)}`;
}

/** Refuses generic resources with another form than `KIND=VALUE`. */
export function namedResourcesFault(value: Value): string | undefined {
  const other = texts(value).find((entry) => !/^[^=]+=.+$/.test(entry));
  return other === undefined ? undefined : `must be of KIND=VALUE such as "GPU=UUID1", got ${JSON.stringify(other)}`;
}

/** Refuses generic resources with another form than `KIND=NUMBER`. */
export function discreteResourcesFault(value: Value): string | undefined {
  const other = texts(value).find((entry) => !/^[^=]+=[1-9]\d*$/.test(entry));
  return other === undefined ? undefined : `must be of KIND=NUMBER such as "SSD=3", got ${JSON.stringify(other)}`;
}

/** What the schema of a service does not express. */
export function serviceFaults(config: ObjectValue): Diagnostic[] {
  return [...convergeFaults(config), ...networkFaults(config)];
}

function convergeFaults(config: ObjectValue): Diagnostic[] {
  const [mode] = blocks(config["mode"]);
  if (flag(mode?.["global"]) !== true || blocks(config["converge_config"]).length === 0) return [];
  const detail =
    "converge_config must not be set together with global = true, since a swarm says of no number of tasks that it is all; remove it";
  return [{ severity: "error", summary: "Conflicting settings", detail, path: ["converge_config"] }];
}

function networkFaults(config: ObjectValue): Diagnostic[] {
  const [task] = blocks(config["task_spec"]);
  const nameless = blocks(task?.["networks_advanced"]).filter((network) => unset(network["id"]) && unset(network["name"]));
  const detail = "networks_advanced must have the name or the id of a network, got neither; set name";
  return nameless.map(() => ({
    severity: "error",
    summary: "Network without a name",
    detail,
    path: ["task_spec", 0, "networks_advanced"],
  }));
}

function unset(value: Value | undefined): boolean {
  return value !== UNKNOWN && isZero(value ?? null);
}
