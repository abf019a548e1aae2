import type { Exception } from "./exception";
import { isStarted, type RenderedContainer, type RenderedStack } from "./rendered-container";
import type { RuleSeverity } from "./severity";

/** What a rule says about itself. Its texts make one sentence: `must`, got ...; `mend`. */
export interface RuleText<Id extends string = string> {
  readonly id: Id;
  readonly severity: RuleSeverity;
  /** Recommendation of the CIS Docker Benchmark 1.6.0. @default - none, the rule is ours */
  readonly cis?: string;
  /** Rules of the OWASP Docker Security Cheat Sheet. */
  readonly owasp: readonly string[];
  /** What must hold: `root file system must be read-only`. */
  readonly must: string;
  readonly why: string;
  /** The prop, or the setting, that mends it. */
  readonly mend: string;
}

/** Looks at one container. */
export interface ContainerRule<Id extends string = string> extends RuleText<Id> {
  readonly of: "container";
  /** Whether the rule is meant for such a container. */
  readonly applies: (container: RenderedContainer) => boolean;
  /** What was got instead, once for each fault; no secret is in it. */
  readonly check: (container: RenderedContainer) => readonly string[];
}

/** Looks at everything that is declared for one host. */
export interface StackRule<Id extends string = string> extends RuleText<Id> {
  readonly of: "stack";
  readonly check: (stack: RenderedStack) => readonly string[];
}

/** Looks at the exceptions that nothing needed. */
export interface ExceptionRule<Id extends string = string> extends RuleText<Id> {
  readonly of: "exception";
  readonly check: (unused: Exception) => string;
}

export type Rule<Id extends string = string> = ContainerRule<Id> | StackRule<Id> | ExceptionRule<Id>;

type Given<R> = Omit<R, "of" | "applies">;

/** A rule about one container. @param applies - every container that is started, unless said otherwise */
export function containerRule<const Id extends string>(
  rule: Given<ContainerRule<Id>>,
  applies: (container: RenderedContainer) => boolean = isStarted,
): ContainerRule<Id> {
  return { of: "container", applies, ...rule };
}

export function stackRule<const Id extends string>(rule: Given<StackRule<Id>>): StackRule<Id> {
  return { of: "stack", ...rule };
}

export function exceptionRule<const Id extends string>(rule: Given<ExceptionRule<Id>>): ExceptionRule<Id> {
  return { of: "exception", ...rule };
}

/** One fault when something does not hold. */
export const unless = (holds: boolean, got: string): string[] => (holds ? [] : [got]);
