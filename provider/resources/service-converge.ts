import type { Engine } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import type { OperationContext } from "../resource";
import { blocks, text, type ObjectValue } from "../value";
import { watchEvents, type Watch } from "./container-events";
import { nanoseconds } from "./service-durations";
import { serviceFailure } from "./service-failure";
import { rollBack } from "./service-rollback";
import { tasksOf } from "./service-tasks";
import { judge, type Baseline, type Fault, type Look } from "./service-verdict";
import type { Service } from "./swarm-api";

const MILLISECOND = 1e6;
/** A swarm tells nobody how its tasks on other nodes fare: besides at events, look again this often. */
const RECHECK = 500;
/** A swarm waits a minute for a task that no node has taken before it replaces it. */
const ROLL_BACK = 120_000;

interface Patience {
  readonly recheck: number;
  readonly timeout: number;
  readonly timeoutText: string;
}

/** Creates or updates a service and, where it is configured, waits until all its tasks run. @returns the service's id */
export async function changeAndConverge(
  context: OperationContext,
  planned: ObjectValue,
  baseline: Baseline | undefined,
  change: () => Promise<string>,
): Promise<string> {
  const patience = patienceOf(planned);
  if (!patience) return change();
  const name = text(planned["name"]) ?? "";
  const watch = await watchEvents(context.engine, ({ Actor: { Attributes } }) => {
    return Attributes["name"] === name || Attributes["com.docker.swarm.service.name"] === name;
  });
  try {
    const id = await change();
    await converge(context, watch, id, patience, baseline);
    return id;
  } finally {
    watch.close();
  }
}

function patienceOf(planned: ObjectValue): Patience | undefined {
  const [block] = blocks(planned["converge_config"]);
  if (!block) return undefined;
  const milliseconds = (name: string, fallback: number): number => (nanoseconds(block[name]) ?? fallback * MILLISECOND) / MILLISECOND;
  const timeoutText = text(block["timeout"]) ?? "3m";
  return { recheck: Math.min(RECHECK, milliseconds("delay", RECHECK)), timeout: milliseconds("timeout", 180_000), timeoutText };
}

async function converge(
  context: OperationContext,
  watch: Watch,
  id: string,
  patience: Patience,
  baseline: Baseline | undefined,
): Promise<void> {
  let deadline = Date.now() + patience.timeout;
  let cause: string | undefined;
  let last: Look | undefined;
  for (;;) {
    const look = await lookAt(context.engine, id, last, deadline);
    const verdict = judge(look, baseline, patience.timeoutText);
    if (verdict === "done") return;
    if (verdict !== "go on" && (!verdict.rollBack || cause !== undefined))
      throw await failure(context.engine, look, { verdict, cause }, baseline);
    if (verdict !== "go on") {
      await rollBack(context.engine, look.service);
      deadline = Date.now() + Math.max(patience.timeout, ROLL_BACK);
      cause = verdict.problem;
    }
    if (context.signal.aborted) throw interrupted(look.service);
    await watch.next(patience.recheck, context.signal);
    last = look;
  }
}

async function lookAt(engine: Engine, id: string, last: Look | undefined, deadline: number): Promise<Look> {
  const [service, tasks] = await Promise.all([engine.get<Service>(`/services/${id}`), tasksOf(engine, id)]);
  const now = Date.now();
  const picture = JSON.stringify([service.UpdateStatus, tasks.map(({ ID, DesiredState, Status: { State } }) => [ID, DesiredState, State])]);
  const since = last?.picture === picture ? last.since : now;
  return { service, tasks, picture, since, unchanged: now - since, expired: now >= deadline };
}

/** The cause is why we rolled back ourselves: the swarm knows no reason then. */
function failure(
  engine: Engine,
  { service, tasks }: Look,
  { verdict, cause }: { readonly verdict: Fault; readonly cause: string | undefined },
  baseline: Baseline | undefined,
): Promise<DiagnosticError> {
  const { Name } = service.Spec;
  return serviceFailure(engine, {
    service,
    tasks: tasks.filter(({ ID }) => !baseline?.tasks.has(ID)),
    summary: `Service ${Name} ${baseline ? "was not updated" : "did not come up"}`,
    problem: cause ?? verdict.problem,
    outcome: `${verdict.outcome} (docker service ps --no-trunc ${Name} tells more.)`,
  });
}

function interrupted({ Spec: { Name } }: Service): DiagnosticError {
  return new DiagnosticError(
    `Service ${Name} was not waited for`,
    "The apply was interrupted while its tasks came up; the swarm goes on with them, and the next plan shows what is left to do.",
  );
}
