import type { JsonObject } from "../policies/attributes";
import type { Daemon } from "./daemon";
import type { HostFinding } from "./finding";
import type { HostFacts } from "./host-facts";
import { startCommand, stopCommand } from "./restart";

/** What mends the engine's settings in one go. */
export interface MendedDaemon {
  /** Path of the file. */
  readonly file: string;
  /** All that belongs into it: what it holds now, and what mends. */
  readonly content: JsonObject;
  /** Checks that it mends. */
  readonly checks: readonly string[];
  /** Flags to take out of the command line: the engine does not start when both it and the file set something. */
  readonly flags: readonly string[];
  /** The commands by which the engine takes it up. */
  readonly restart: readonly string[];
}

/** Flags whose name in the file differs. */
const FLAGS: Readonly<Record<string, string>> = { hosts: "host", "log-opts": "log-opt", "default-address-pools": "default-address-pool" };

/**
 * The file that mends findings. Notes are left out, and what has to be moved first: those take a decision.
 *
 * @returns undefined when no finding is mended so, or the present file is not known
 */
export function mendedDaemon(
  daemon: Daemon | undefined,
  host: HostFacts | undefined,
  findings: readonly HostFinding[],
): MendedDaemon | undefined {
  const mended = findings.filter(
    ({ severity, commands = [], settings }) => settings !== undefined && severity !== "note" && commands.length === 0,
  );
  if (daemon === undefined || host === undefined || mended.length === 0) return undefined;
  const settings: JsonObject = Object.fromEntries(mended.flatMap(({ settings: some = {} }) => Object.entries(some)));
  return {
    file: daemon.process.configFile,
    content: Object.fromEntries(Object.entries({ ...daemon.file, ...settings }).filter(([, value]) => value !== undefined)),
    checks: [...new Set(mended.map(({ check }) => check))],
    flags: Object.keys(settings)
      .map((name) => FLAGS[name] ?? name)
      .filter((name) => daemon.flags(name).length > 0)
      .map((name) => `--${name}`),
    restart: [stopCommand(host, daemon), startCommand(host, daemon)],
  };
}
