import type { Engine } from "../../engine";
import type { OperationContext } from "../../provider/resource";
import type { ObjectValue } from "../../provider/value";

/** A context as a call of Terraform has it, which remembers what was reported to it. */
export interface RecordingContext extends OperationContext {
  readonly warnings: string[];
  readonly checkpoints: ObjectValue[];
  readonly privates: Uint8Array[];
}

export function operationContext(engine: Engine, options: { priorPrivate?: Uint8Array; signal?: AbortSignal } = {}): RecordingContext {
  const context = { warnings: [] as string[], checkpoints: [] as ObjectValue[], privates: [] as Uint8Array[] };
  return {
    ...context,
    engine,
    log: () => undefined,
    signal: options.signal ?? new AbortController().signal,
    registryAuth: () => Promise.resolve(undefined),
    priorPrivate: options.priorPrivate ?? new Uint8Array(),
    setPrivate: (bytes) => void context.privates.push(bytes),
    warn: (summary) => void context.warnings.push(summary),
    checkpoint: (state) => void context.checkpoints.push(state),
  };
}
