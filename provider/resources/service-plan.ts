import type { OperationContext, PlanAdjustment, PlanRequest } from "../resource";
import { blocks, flag, text, UNKNOWN, type ObjectValue } from "../value";
import { planImported } from "./imported";
import { SERVICE_SCHEMA } from "./service-schema";
import type { Service } from "./swarm-api";

const UNTOLD = { treatment: ["auth", "converge_config"], triggers: [] };
/** Where an update has come to rest half-way. */
const HALTED = ["paused", "rollback_paused"];

/** Scales in place, keeps what an import could not know, and goes on with an update that has halted. */
export async function planService(request: PlanRequest, context: OperationContext): Promise<PlanAdjustment> {
  if (request.prior === null) return request;
  const { planned, replace } = planImported(request, SERVICE_SCHEMA, UNTOLD, context);
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
