import type { Check, CheckSeverity, Fault } from "./check";
import { Daemon } from "./daemon";
import { mendedDaemon, type MendedDaemon } from "./daemon-json";
import type { HostFinding } from "./finding";
import type { Reading } from "./reading";

/** What the checks say about one host. */
export interface Diagnosis {
  readonly address: string;
  /** @default - no environment was named */
  readonly stack?: string;
  /** Errors first. */
  readonly findings: readonly HostFinding[];
  /** Ids of checks that found nothing. */
  readonly passed: readonly string[];
  /** Ids of checks that could not look. */
  readonly unseen: readonly string[];
  /** The whole file that mends what a file can. @default - there is nothing of the kind, or its file cannot be seen */
  readonly daemonJson?: MendedDaemon;
}

const ORDER: readonly CheckSeverity[] = ["error", "warning", "note"];

/** Judges a host by checks. */
export function diagnose(reading: Reading, checks: readonly Check[]): Diagnosis {
  const judged = checks.map((check) => ({ check, outcome: check.check(reading) }));
  const findings = judged
    .flatMap(({ check, outcome }) => (typeof outcome === "string" ? [] : outcome.map((fault) => finding(check, fault))))
    .sort((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity));
  const daemonJson = mendedDaemon(reading.engine === undefined ? undefined : Daemon.of(reading), reading.host, findings);
  return {
    address: reading.address,
    ...(reading.stack === undefined ? {} : { stack: reading.stack.name }),
    findings,
    passed: judged.flatMap(({ check, outcome }) => (outcome.length === 0 ? [check.id] : [])),
    unseen: judged.flatMap(({ check, outcome }) => (outcome === "unseen" ? [check.id] : [])),
    ...(daemonJson === undefined ? {} : { daemonJson }),
  };
}

function finding({ id, severity, cis, owasp, must, mend }: Check, fault: Fault): HostFinding {
  const references = { ...(cis === undefined ? {} : { cis }), ...(owasp === undefined ? {} : { owasp }) };
  return { check: id, severity, ...references, message: `${id}: ${must}, got ${fault.got}; ${mend}`, ...fault };
}

export const countOf = ({ findings }: Diagnosis, severity: CheckSeverity): number =>
  findings.filter((each) => each.severity === severity).length;
