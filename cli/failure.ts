/** Exit codes of the command line: what was asked is wrong, the surroundings are, or what was checked did not hold. */
export const EXIT_CODES = { failed: 1, usage: 2, environment: 3, bug: 70 } as const;

/** An end of a command that a user can act on. */
export class Failure extends Error {
  override readonly name = "Failure";

  constructor(
    readonly kind: Exclude<keyof typeof EXIT_CODES, "bug">,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Errors of these names come from the machine or an engine, not from a fault of ours. */
const ENVIRONMENT_ERRORS = new Set(["ImageError", "EngineError", "EngineHostError", "StoreError"]);

/** The exit code of an error that ended a command. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Failure) return EXIT_CODES[error.kind];
  return isEnvironmentError(error) ? EXIT_CODES.environment : EXIT_CODES.bug;
}

/** What is printed for it: the sentence alone, or the stack when it is a bug. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `BUG: ${String(error)}`;
  if (error instanceof Failure || isEnvironmentError(error)) return error.message;
  return `BUG: this must not happen, please report it: ${error.stack ?? error.message}`;
}

function isEnvironmentError(error: unknown): boolean {
  return error instanceof Error && ENVIRONMENT_ERRORS.has(error.name);
}
