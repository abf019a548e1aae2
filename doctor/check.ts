import type { JsonObject } from "../policies/attributes";
import { Daemon } from "./daemon";
import type { EngineFacts } from "./engine-facts";
import type { HostFacts } from "./host-facts";
import type { Reading } from "./reading";
import type { StackNeeds } from "./stack-needs";

/** An `error` keeps stacks from running or the host from being safe, a `warning` is told, a `note` is to be known. */
export type CheckSeverity = "error" | "warning" | "note";

/** Looks at one property of a host. Its texts make one sentence: `must`, got ...; `mend`. */
export interface Check {
  readonly id: string;
  readonly severity: CheckSeverity;
  /** Recommendation of the CIS Docker Benchmark 1.6.0. @default - none, the check is ours */
  readonly cis?: string;
  /** Rules of the OWASP Docker Security Cheat Sheet. @default - none */
  readonly owasp?: readonly string[];
  /** What must hold: `live-restore must be on`. */
  readonly must: string;
  readonly why: string;
  /** What mends it, in words; the exact commands come with each fault. */
  readonly mend: string;
  readonly check: (reading: Reading) => Outcome;
}

/** Faults, none where all is well; or that it cannot be seen from here; or that nothing asks for it. */
export type Outcome = readonly Fault[] | "unseen" | "not asked";

/** Something that does not hold. */
export interface Fault {
  readonly got: string;
  /** Commands for the host, in order. @default - none */
  readonly commands?: readonly string[];
  /** Settings of daemon.json; undefined takes one out. @default - none */
  readonly settings?: JsonObject;
}

/** A fault when something does not hold. */
export const unless = (holds: boolean, fault: Fault): Fault[] => (holds ? [] : [fault]);

type Judge<Seen> = (seen: Seen, reading: Reading) => Outcome;

/** Judges what the engine says. */
export const ofEngine =
  (judge: Judge<EngineFacts>): Check["check"] =>
  (reading) =>
    reading.engine === undefined ? "unseen" : judge(reading.engine, reading);

/** Judges what the host's files and commands say. */
export const ofHost =
  (judge: Judge<HostFacts>): Check["check"] =>
  (reading) =>
    reading.host === undefined ? "unseen" : judge(reading.host, reading);

/** Judges what the daemon was told. */
export const ofDaemon =
  (judge: Judge<Daemon>): Check["check"] =>
  (reading) => {
    const daemon = reading.engine === undefined ? undefined : Daemon.of(reading);
    return daemon === undefined ? "unseen" : judge(daemon, reading);
  };

/** Judges what a stack needs; without an environment there is none. */
export const ofStack =
  (judge: Judge<StackNeeds>): Check["check"] =>
  (reading) =>
    reading.stack === undefined ? "not asked" : judge(reading.stack, reading);
