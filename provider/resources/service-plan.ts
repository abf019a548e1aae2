import type { OperationContext, PlanAdjustment, PlanRequest } from "../resource";
import { sameBlock } from "../same";
import { blocks, flag, text, UNKNOWN, type ObjectValue, type Value } from "../value";
import { readNotes } from "./container-private";
import { SERVICE_SCHEMA } from "./service-schema";
import type { Service } from "./swarm-api";

/** How Terraform treats a service: an import cannot know it. */
const TREATMENT = ["auth", "converge_config"];
/** Where an update has come to rest half-way. */
const HALTED = ["paused", "rollback_paused"];

/** Scales in place, keeps what an import could not know, and goes on with an update that has halted. */
export async function planService(request: PlanRequest, context: OperationContext): Promise<PlanAdjustment> {
  if (request.prior === null) return request;
  const { planned, replace } = afterImport(request, request.prior, context);
  const adjusted = { planned, replace: replace.filter((name) => name !== "mode" || !scales(request.prior, planned)) };
  if (adjusted.replace.length > 0 || !(await halted(request.prior, context))) return adjusted;
  return { ...adjusted, planned: withForcedUpdate(planned, request.config) };
}

/** True when a replicated service stays one. */
function scales(prior: ObjectValue | null, planned: ObjectValue): boolean {
  if (planned["mode"] === UNKNOWN) return false;
  const isGlobal = (state: ObjectValue | null): boolean => flag(blocks(state?.["mode"])[0]?.["global"]) ?? false;
  return !isGlobal(prior) && !isGlobal(planned);
}

/** Where what runs is as configured, there is nothing to do after an import. */
function afterImport({ planned, replace }: PlanAdjustment, prior: ObjectValue, context: OperationContext): PlanAdjustment {
  if (!readNotes(context.priorPrivate).imported) return { planned, replace };
  const kept = Object.fromEntries(TREATMENT.map((name): [string, Value] => [name, prior[name] ?? null]));
  const untreated = { ...planned, ...kept };
  const others = replace.filter((name) => !TREATMENT.includes(name));
  if (sameBlock(prior, untreated, SERVICE_SCHEMA)) return { planned: untreated, replace: others };
  // An update takes over the credentials, too.
  return { planned, replace: others };
}

async function halted(prior: ObjectValue, { engine, signal }: OperationContext): Promise<boolean> {
  const service = await engine.find<Service>(`/services/${text(prior["id"]) ?? ""}`, { signal });
  return HALTED.includes(service?.UpdateStatus?.State ?? "");
}

/** A number that the apply chooses shows that all tasks will be exchanged; one that is configured stays. */
function withForcedUpdate(planned: ObjectValue, config: ObjectValue): ObjectValue {
  const [task] = blocks(planned["task_spec"]);
  const configured = blocks(config["task_spec"])[0]?.["force_update"] ?? null;
  return task && configured === null ? { ...planned, task_spec: [{ ...task, force_update: UNKNOWN }] } : planned;
}
