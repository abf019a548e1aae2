import type { Engine, EngineRequest } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import type { OperationContext } from "../resource";
import { blocks, flag, integer, isObject, text, type ObjectValue } from "../value";
import type { ContainerInspect } from "./container-api";
import { watchContainer, type Watch } from "./container-events";
import { containerFailure, exitReason } from "./container-failure";
import { stopContainer } from "./container-remove";
import { parseDuration } from "./duration";

const SECOND = 1000;
const MILLISECOND = 1e6;
/** How long a container without a health check is watched for an early exit. */
const SETTLE = 400;
const CREATE_TIMEOUT = 20 * 60 * SECOND;
/** Events may be lost with a connection: look again now and then. */
const RECHECK = 5 * SECOND;
const SHORT_ID = 12;

type Verdict = "go on" | "done" | Promise<DiagnosticError>;

/** Starts a container and waits as its configuration says: for its exit, its health, or a moment. */
export async function startAndWait(
  context: OperationContext,
  id: string,
  planned: ObjectValue,
  start: () => Promise<void>,
): Promise<ContainerInspect> {
  const watch = await watchContainer(context.engine, id);
  try {
    await start();
    if (flag(planned["attach"])) return await waitForExit(context, watch, id, planned);
    if (flag(planned["wait"])) return await waitForHealth(context, watch, id, planned);
    return await waitForSettling(context, watch, id, planned);
  } finally {
    watch.close();
  }
}

/** A job: its end is success, when its code is 0. */
function waitForExit(context: OperationContext, watch: Watch, id: string, planned: ObjectValue): Promise<ContainerInspect> {
  const { engine } = context;
  return waitUntil(context, watch, id, createTimeout(planned), (inspect, expired) => {
    if (ended(inspect)) return inspect.State.ExitCode === 0 ? "done" : exitFailure(engine, inspect, "exit with 0");
    return expired
      ? containerFailure(
          engine,
          inspect,
          `Container ${nameOf(inspect)} did not end in time`,
          "An attached container must end before the create timeout, got one that still runs.",
        )
      : "go on";
  });
}

function waitForHealth(context: OperationContext, watch: Watch, id: string, planned: ObjectValue): Promise<ContainerInspect> {
  const seconds = integer(planned["wait_timeout"]) ?? 60;
  return waitUntil(context, watch, id, seconds * SECOND, (inspect, expired) => healthVerdict(context.engine, inspect, expired, seconds));
}

function healthVerdict(engine: Engine, inspect: ContainerInspect, expired: boolean, seconds: number): Verdict {
  const health = inspect.State.Health?.Status;
  if (ended(inspect)) return exitFailure(engine, inspect, health === undefined ? "keep running" : "become healthy");
  if (health === "healthy" || (health === undefined && inspect.State.Running && !inspect.State.Restarting)) return "done";
  const status = health ?? inspect.State.Status;
  if (isUnhealthy(inspect))
    return healthFailure(
      engine,
      inspect,
      `become healthy, got ${status} after ${String(inspect.State.Health?.FailingStreak ?? 0)} failed checks`,
    );
  return expired
    ? healthFailure(engine, inspect, `be healthy within ${seconds} s (wait_timeout), got ${status}${restarts(inspect)}`)
    : "go on";
}

/** What is not healthy is not to be found by its peers: it is stopped, when its last lines are read. */
function healthFailure(engine: Engine, inspect: ContainerInspect, problem: string): Promise<DiagnosticError> {
  return containerFailure(engine, inspect, `Container ${nameOf(inspect)} is not healthy`, `It must ${problem}.`, async () => {
    try {
      await stopContainer(engine, inspect.Id);
      return "is stopped and stays";
    } catch (error) {
      return `could not be stopped (${error instanceof Error ? error.message : String(error)}) and goes on running`;
    }
  });
}

/** Catches a container that ends at once: without a restart policy nothing would bring it back. */
async function waitForSettling(context: OperationContext, watch: Watch, id: string, planned: ObjectValue): Promise<ContainerInspect> {
  const patient = (flag(planned["must_run"]) ?? true) && (text(planned["restart"]) ?? "no") === "no";
  return waitUntil(context, watch, id, patient ? SETTLE : 0, (inspect, expired) => {
    if (patient && ended(inspect)) return exitFailure(context.engine, inspect, "keep running");
    return expired ? "done" : "go on";
  });
}

type Judge = (inspect: ContainerInspect, expired: boolean) => Verdict;

async function waitUntil(
  context: OperationContext,
  watch: Watch,
  id: string,
  milliseconds: number,
  judge: Judge,
): Promise<ContainerInspect> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const expired = Date.now() >= deadline;
    // What need not be waited for any longer is looked at even now.
    const inspect = await inspectUnlessStopped(context, id, expired ? {} : { signal: context.signal });
    const verdict = judge(inspect, expired);
    if (verdict === "done") return inspect;
    if (verdict !== "go on") throw await verdict;
    await watch.next(Math.min(RECHECK, Math.max(0, deadline - Date.now())), context.signal);
  }
}

async function inspectUnlessStopped({ engine, signal }: OperationContext, id: string, request: EngineRequest): Promise<ContainerInspect> {
  try {
    return await engine.get<ContainerInspect>(`/containers/${id}/json`, request);
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new DiagnosticError(
      `Container ${id.slice(0, SHORT_ID)} was not waited for`,
      "The apply was interrupted while the container came up; it stays, and the next apply replaces it.",
      { cause: error },
    );
  }
}

function exitFailure(engine: Engine, inspect: ContainerInspect, duty: string): Promise<DiagnosticError> {
  const problem = `It must ${duty}, got ${exitReason(inspect)}${restarts(inspect)}.`;
  return containerFailure(engine, inspect, `Container ${nameOf(inspect)} exited`, problem);
}

function restarts(inspect: ContainerInspect): string {
  return inspect.RestartCount > 0 ? ` after ${inspect.RestartCount} restarts` : "";
}

/** The engine calls a container that is between two starts unhealthy as well. */
function isUnhealthy({ State }: ContainerInspect): boolean {
  return State.Health?.Status === "unhealthy" && State.Health.FailingStreak > 0 && State.Running && !State.Restarting;
}

/** True when it has stopped and no restart policy brings it back. */
function ended(inspect: ContainerInspect): boolean {
  return !inspect.State.Running && !inspect.State.Restarting;
}

function nameOf(inspect: ContainerInspect): string {
  return inspect.Name.replace(/^\//, "");
}

function createTimeout(planned: ObjectValue): number {
  const { timeouts } = planned;
  const given = isObject(timeouts) ? text(timeouts["create"]) : text(blocks(timeouts ?? null)[0]?.["create"]);
  const nanoseconds = given ? parseDuration(given) : undefined;
  return nanoseconds ? nanoseconds / MILLISECOND : CREATE_TIMEOUT;
}
