import { labelsOf, REPLACE_LABEL } from "../identity";
import { planBlock } from "../planner";
import type { OperationContext, PlanAdjustment, PlanRequest } from "../resource";
import { UNKNOWN, type ObjectValue } from "../value";
import { createContainer } from "./container-create";
import { CONTAINER_SCHEMA } from "./container-schema";

/**
 * Terraform removes what it replaces without waiting for what the new one depends on. A container with this label is replaced within an update, which
 * waits: when a dependency fails, the old one is still there.
 */
export function replacedWithinUpdate({ config }: PlanRequest, adjusted: PlanAdjustment): PlanAdjustment {
  const { planned, replace } = adjusted;
  if (replace.length === 0 || planned["labels"] === UNKNOWN || labelsOf(planned)[REPLACE_LABEL] !== "within-update") return adjusted;
  return { planned: planBlock(config, null, CONTAINER_SCHEMA), replace: [] };
}

/** True for the update that {@link replacedWithinUpdate} has planned. */
export const isReplacement = (planned: ObjectValue): boolean => planned["id"] === UNKNOWN;

/** Removes the old container and makes the new one. One that fails is in the state, stopped: the next plan sees that it should run. */
export async function replaceContainer(
  planned: ObjectValue,
  context: OperationContext,
  removeOld: () => Promise<void>,
): Promise<ObjectValue> {
  await removeOld();
  return createContainer(planned, context);
}
