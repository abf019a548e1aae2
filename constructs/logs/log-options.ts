import { ConstructError } from "../errors";

/** Options of a log driver, in the engine's names. */
export type LogOptions = Readonly<Record<string, string>>;

/** What a driver adds to each line, beside the container's name. */
export interface LogMetadata {
  /** Template such as `{{.Name}}/{{.ID}}`. @default - the container's short id */
  readonly tag?: string;
  /** Labels of the container whose values go with each line. @default - none */
  readonly labels?: readonly string[];
  /** Variables of the container whose values go with each line; no secret is to be in one. @default - none */
  readonly environment?: readonly string[];
}

/** How much is kept in files. */
export interface LogFiles {
  /** Size at which a file is rotated. @default 10 */
  readonly maxSizeMiB?: number;
  /** Files kept, the newest included. @default 3 */
  readonly maxFiles?: number;
}

const fail = (message: string): never => {
  throw new ConstructError("LOG_DRIVER", message);
};

/** @throws ConstructError `LOG_DRIVER` */
export function requireWhole(what: string, value: number, least: number, most: number, good: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  fail(`${what} must be a whole number of ${String(least)} to ${String(most)}, got ${String(value)}; use ${String(good)}`);
}

/** @throws ConstructError `LOG_DRIVER` when a text is empty */
export function requireText(what: string, value: string, good: string): void {
  if (value.trim() === "") fail(`${what} must be given, got ""; use ${JSON.stringify(good)}`);
}

/**
 * An address with one of the schemes, and with a host and port, or a path, behind it.
 *
 * @throws ConstructError `LOG_DRIVER`
 */
export function requireAddress(what: string, address: string, schemes: readonly string[], good: string): void {
  const [, scheme = "", rest = ""] = /^([a-z+]+):\/\/(.+)$/.exec(address) ?? [];
  const local = scheme.startsWith("unix");
  const reachable = local ? /^\/[^:]+$/.test(rest) : /^(\[[0-9a-fA-F:]+\]|[^\s/:@[\]]+):\d{1,5}$/.test(rest);
  if (schemes.includes(scheme) && reachable) return;
  fail(
    `${what} must be ${schemes.map((each) => `${each}://${each.startsWith("unix") ? "/PATH" : "HOST:PORT"}`).join(" or ")}, got ${JSON.stringify(address)}; use ${JSON.stringify(good)}`,
  );
}

/** Options that are given, as texts. */
export function given(options: Readonly<Record<string, string | number | boolean | undefined>>): Record<string, string> {
  const entries = Object.entries(options).filter((entry): entry is [string, string | number | boolean] => entry[1] !== undefined);
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}

const listed = (names: readonly string[] = []): string | undefined => (names.length === 0 ? undefined : names.join(","));

/** The engine takes the names as one list with commas. */
export function metadata({ tag, labels, environment }: LogMetadata): LogOptions {
  const torn = [...(labels ?? []), ...(environment ?? [])].find((name) => name === "" || name.includes(","));
  if (torn !== undefined) fail(`names of labels and variables must be without commas, got ${JSON.stringify(torn)}; list them one by one`);
  return given({ tag, labels: listed(labels), env: listed(environment) });
}

/** Options of files with a bound; a prefix of `cache-` is that of the copy on the host. */
export function files({ maxSizeMiB = 10, maxFiles = 3 }: LogFiles, prefix = ""): Record<string, string> {
  requireWhole("maxSizeMiB", maxSizeMiB, 1, 1_048_576, 10);
  requireWhole("maxFiles", maxFiles, 1, 1000, 3);
  return { [`${prefix}max-size`]: `${String(maxSizeMiB)}m`, [`${prefix}max-file`]: String(maxFiles) };
}
