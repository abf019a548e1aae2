import { DiagnosticError, type Diagnostic } from "./diagnostic";
import { diagnosticOf } from "./diagnostic-message";
import type { Configuration } from "./configuration";
import type { Log } from "./log";
import type { OperationContext } from "./resource";
import type { ObjectValue } from "./value";

/** What an operation left behind: its result or, after a failure, what it said exists. */
export interface Outcome<T> {
  readonly result: T | undefined;
  /** The last state that the operation reported while it ran. */
  readonly checkpoint: ObjectValue | undefined;
  readonly private: Uint8Array;
  readonly diagnostics: readonly Diagnostic[];
  readonly failed: boolean;
}

/** What an operation needs to run. */
export interface OperationInput {
  readonly configuration: Configuration;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** What it does, for messages: `create docker_network`. */
  readonly name: string;
  readonly priorPrivate?: Uint8Array;
}

/** Runs an operation; whatever it throws becomes a diagnostic, since a crash would orphan what was made. */
export async function runOperation<T>(input: OperationInput, run: (context: OperationContext) => Promise<T> | T): Promise<Outcome<T>> {
  const notes = new Notes(input.priorPrivate ?? new Uint8Array());
  try {
    return notes.outcome(await run(contextOf(input, notes)));
  } catch (error) {
    if (!(error instanceof DiagnosticError))
      input.log("debug", `could not ${input.name}`, { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    notes.diagnostics.push(diagnosticOf(error, input.name));
    return notes.outcome<T>(undefined, true);
  }
}

class Notes {
  readonly diagnostics: Diagnostic[] = [];
  checkpoint: ObjectValue | undefined;
  private: Uint8Array;

  constructor(priorPrivate: Uint8Array) {
    this.private = priorPrivate;
  }

  outcome<T>(result: T | undefined, failed = false): Outcome<T> {
    const { checkpoint, diagnostics } = this;
    return { result, checkpoint, private: this.private, diagnostics, failed };
  }
}

function contextOf(input: OperationInput, notes: Notes): OperationContext {
  const { configuration, log, signal } = input;
  return {
    get engine() {
      return configuration.engine;
    },
    log,
    signal,
    registryAuth: configuration.registryAuth,
    priorPrivate: notes.private,
    setPrivate: (bytes) => (notes.private = bytes),
    warn: (summary, detail, path) => notes.diagnostics.push({ severity: "warning", summary, detail, ...(path ? { path } : {}) }),
    checkpoint: (state) => (notes.checkpoint = state),
  };
}
