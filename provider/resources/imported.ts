import type { OperationContext, PlanAdjustment, PlanRequest } from "../resource";
import { sameBlock } from "../same";
import type { ResourceSchema } from "../schema";
import type { ObjectValue, Value } from "../value";
import { readNotes, writeNotes } from "./container-private";

/** What an import cannot know of an object. */
export interface Untold {
  /** How Terraform treats it. An update takes it over; it is no reason for one. */
  readonly treatment: readonly string[];
  /** Leaves the object where it is when its resource goes. The import sets it, and only a value in the configuration ends that. */
  readonly keep?: string;
  /** Whatever the user watches. An update notes it, so that a later change is seen; it is no reason for another object. */
  readonly triggers: readonly string[];
}

/** Remembers whether the configuration's treatment of an object has never been applied. */
export function noteImported(context: OperationContext, imported: boolean): void {
  context.setPrivate(writeNotes(context.priorPrivate, { ...readNotes(context.priorPrivate), imported }));
}

/** Where what is there is as configured, there is nothing to do after an import, but to note triggers. */
export function planImported(request: PlanRequest, schema: ResourceSchema, untold: Untold, context: OperationContext): PlanAdjustment {
  const { prior, planned, config } = request;
  if (prior === null || !readNotes(context.priorPrivate).imported) return request;
  const replace = request.replace.filter((name) => ![...untold.treatment, ...untold.triggers].includes(name));
  const isLeft = untold.keep !== undefined && (config[untold.keep] ?? null) === null;
  const names = isLeft ? [...untold.treatment, untold.keep] : untold.treatment;
  const untreated: ObjectValue = { ...planned, ...Object.fromEntries(names.map((name): [string, Value] => [name, prior[name] ?? null])) };
  return { planned: sameBlock(prior, untreated, schema) ? untreated : planned, replace };
}
