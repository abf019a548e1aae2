import type { Exception } from "./exception";
import type { Severity } from "./severity";

/** Something that a rule forbids. */
export interface Finding {
  readonly rule: string;
  readonly severity: Exclude<Severity, "off">;
  /** Construct path; the stack's where the stack as a whole is meant. */
  readonly path: string;
  /** Terraform address. @default - the stack as a whole is meant */
  readonly address?: string;
  /** What must hold, what was got and how to mend it, on one line. */
  readonly message: string;
  /** By which it is allowed. @default - it is not */
  readonly exception?: Exception;
}

/** An exception, and how many findings it allows. */
export interface ExceptionUse extends Exception {
  readonly findings: number;
}

/** What the rules say about one stack. */
export interface Report {
  readonly stack: string;
  readonly containers: number;
  /** Those that no exception allows, errors first. */
  readonly findings: readonly Finding[];
  /** Those that an exception allows. */
  readonly allowed: readonly Finding[];
  readonly exceptions: readonly ExceptionUse[];
}

export const errorsOf = (report: Report): Finding[] => report.findings.filter(({ severity }) => severity === "error");
