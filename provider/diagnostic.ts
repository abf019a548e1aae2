/** A place in a configuration: attribute names, list indexes and map keys from the outside in. */
export type AttributePath = readonly (string | number)[];

/** What Terraform shows to the user. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** One line, never the same as the detail. */
  readonly summary: string;
  readonly detail: string;
  readonly path?: AttributePath;
}

/** An error that is shown to the user as it is. */
export class DiagnosticError extends Error {
  readonly diagnostic: Diagnostic;

  constructor(summary: string, detail: string, options: { path?: AttributePath; cause?: unknown } = {}) {
    super(`${summary}: ${detail}`, { cause: options.cause });
    this.name = "DiagnosticError";
    const { path } = options;
    this.diagnostic = { severity: "error", summary, detail, ...(path ? { path } : {}) };
  }
}
