import { DiagnosticError } from "./diagnostic";
import type { OperationContext, Resource } from "./resource";
import { settlePlan } from "./settle";
import type { ObjectValue } from "./value";

/** One change of one object. `prior` is `null` for a create, `planned` for a delete. */
export interface Change {
  readonly prior: ObjectValue | null;
  readonly planned: ObjectValue | null;
  readonly config: ObjectValue;
}

/** Makes a change. Returns the state afterwards, `null` after a delete. */
export async function applyChange(resource: Resource, change: Change, context: OperationContext): Promise<ObjectValue | null> {
  const { prior, planned, config } = change;
  if (planned === null) {
    if (prior !== null) await resource.delete(prior, context);
    return null;
  }
  if (prior === null) return settlePlan(planned, await resource.create(planned, context, config));
  if (!resource.update) {
    throw new DiagnosticError(
      "Change in place is not possible",
      "the planned change must replace the object, got an update; this is a bug of the provider",
    );
  }
  return settlePlan(planned, await resource.update(prior, planned, context, config));
}

/** The state to keep after a failed change: what is known to exist, so that nothing is orphaned. */
export function stateAfterFailure(change: Change, checkpoint: ObjectValue | undefined): ObjectValue | null {
  if (checkpoint && change.planned) return settlePlan(change.planned, checkpoint);
  return change.prior;
}

/** What an operation does, for messages. */
export function changeName(change: Change, typeName: string): string {
  const verb = change.planned === null ? "delete" : change.prior === null ? "create" : "update";
  return `${verb} ${typeName}`;
}
