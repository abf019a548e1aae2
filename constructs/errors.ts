import type { IConstruct } from "constructs";

/** Thrown for input that can be mended by the caller: says what must hold, what was given, and the mend. */
export class ConstructError extends Error {
  /** Stable upper-case identifier, such as `SUBNET_OVERLAP`. */
  readonly code: string;

  constructor(code: string, message: string, at?: IConstruct, options?: ErrorOptions) {
    super(`${code}: ${message}${at === undefined ? "" : ` (at ${at.node.path})`}`, options);
    this.name = "ConstructError";
    this.code = code;
  }
}
