import { labelsOf, sameButProject } from "../identity";
import type { PlanAdjustment, PlanRequest } from "../resource";
import { UNKNOWN } from "../value";

/**
 * The state vouches for an object, whatever project its labels tell: an object of before there were projects, or of one that was renamed, tells the
 * new one when it is next made anew, and is not made anew for it.
 */
export function keepProject(request: PlanRequest): PlanAdjustment {
  const { prior, planned, replace } = request;
  if (!prior || planned["labels"] === UNKNOWN || !sameButProject(labelsOf(prior), labelsOf(planned))) return { planned, replace };
  return { planned: { ...planned, labels: prior["labels"] ?? [] }, replace: replace.filter((name) => name !== "labels") };
}
