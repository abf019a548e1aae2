import type { CheckSeverity, Fault } from "./check";

/** A fault with what its check says about it. */
export interface HostFinding extends Fault {
  readonly check: string;
  readonly severity: CheckSeverity;
  readonly cis?: string;
  readonly owasp?: readonly string[];
  /** What must hold, what was got and how to mend it, on one line. */
  readonly message: string;
}
