import { countOf, type Diagnosis } from "../doctor/diagnosis";
import type { HostFinding } from "../doctor/finding";
import type { MendedDaemon } from "../doctor/daemon-json";
import { printable } from "../policies/printable";

const WIDTH = "warning  ".length;
const INDENT = " ".repeat(WIDTH);

/** A diagnosis for people: a line for the host and for each finding, and below it the commands that mend it. */
export function doctorText(diagnosis: Diagnosis, checks: number): string {
  const { findings, unseen, daemonJson } = diagnosis;
  return [
    headLine(diagnosis, checks),
    ...findings.flatMap(findingLines),
    ...(unseen.length === 0 ? [] : [`${"unseen".padEnd(WIDTH)}${unseen.join(", ")}: not visible from here`]),
    ...(daemonJson === undefined ? [] : daemonLines(daemonJson)),
  ].join("\n");
}

function headLine(diagnosis: Diagnosis, checks: number): string {
  const { address, stack } = diagnosis;
  const counts = (["error", "warning", "note"] as const).map((severity) => plural(countOf(diagnosis, severity), severity)).join(", ");
  return `${stack === undefined ? "" : `${printable(stack)} on `}${printable(address)}: ${String(checks)} checks: ${counts}`;
}

function findingLines({ severity, message, commands = [], settings = {} }: HostFinding): string[] {
  const lines = Object.entries(settings).map(([name, value]) =>
    value === undefined ? `daemon.json: without "${name}"` : `daemon.json: "${name}": ${JSON.stringify(value)}`,
  );
  const below = [...commands.map((command) => `$ ${command}`), ...lines].map((line) => `${INDENT}${printable(line)}`);
  return [`${severity.padEnd(WIDTH)}${printable(message)}`, ...below];
}

function daemonLines({ file, content, checks, flags, restart }: MendedDaemon): string[] {
  const taken = flags.length === 0 ? "" : `, without ${flags.join(", ")} on its command line`;
  const head = `${file} that mends ${checks.join(", ")}; then restart the engine${taken}:`;
  return ["", head, JSON.stringify(content, undefined, 2), ...restart.map((command) => `$ ${printable(command)}`)];
}

const plural = (count: number, noun: string): string => `${String(count)} ${noun}${count === 1 ? "" : "s"}`;
