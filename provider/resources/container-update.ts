import { isDeepStrictEqual } from "node:util";
import type { Engine } from "../../engine";
import type { OperationContext } from "../resource";
import { flag, isZero, text, type ObjectValue } from "../value";
import type { ContainerInspect, Limits } from "./container-api";
import { startContainer } from "./container-create";
import { stateOf } from "./container-inspect";
import { mendNetworks } from "./container-networks";
import { readNotes, writeNotes } from "./container-private";
import { limits } from "./container-to-engine";
import { startAndWait } from "./container-wait";

/** Limits that the engine sets but cannot take away from a container that has them. */
export const KEPT_LIMITS = ["memory", "memory_swap", "memory_reservation", "cpu_shares", "cpu_set", "cpu_period", "cpu_quota"] as const;

/** Changes limits, restart policy and networks of a container as it runs, and starts one that should run. */
export async function updateContainer(prior: ObjectValue, planned: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  const { engine } = context;
  const id = text(prior["id"]) ?? "";
  await updateLimits(engine, id, prior, planned);
  await mendNetworks(engine, id, prior, planned);
  const inspect = needsStart(prior, planned)
    ? await startAndWait(context, id, planned, () => wake(engine, id))
    : await engine.get<ContainerInspect>(`/containers/${id}/json`);
  context.setPrivate(writeNotes(context.priorPrivate, { ...readNotes(context.priorPrivate), imported: false, networks: [] }));
  return stateOf(context, inspect, planned);
}

/** True when an update starts the container. */
export function needsStart(prior: ObjectValue, planned: ObjectValue): boolean {
  if (flag(planned["start"]) === false) return false;
  const found = flag(planned["must_run"]) === true && flag(prior["must_run"]) === false;
  return found || flag(prior["start"]) === false;
}

async function wake(engine: Engine, id: string): Promise<void> {
  const { State } = await engine.get<ContainerInspect>(`/containers/${id}/json`);
  if (State.Paused) await engine.post(`/containers/${id}/unpause`);
  else if (!State.Running) await startContainer(engine, id);
}

async function updateLimits(engine: Engine, id: string, prior: ObjectValue, planned: ObjectValue): Promise<void> {
  const wanted = limits(planned);
  if (isDeepStrictEqual(limits(prior), wanted)) return;
  await engine.post(`/containers/${id}/update`, { body: settable(wanted) });
}

/** To the engine 0 means "as it is"; but a pids limit of 0 takes the limit away. */
function settable(wanted: Limits): Limits {
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => name === "PidsLimit" || !(value === 0 || value === "")));
}

/** Names of limits that are taken away, which only a new container can do. */
export function droppedLimits(prior: ObjectValue, planned: ObjectValue): string[] {
  return KEPT_LIMITS.filter((name) => !isZero(prior[name] ?? null) && isZero(planned[name] ?? null));
}
