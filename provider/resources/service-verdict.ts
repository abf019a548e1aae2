import { isDeepStrictEqual } from "node:util";
import { completedTasks, hasFailed, liveTasks, runningTasks, wantedTasks } from "./service-tasks";
import type { Service, Task } from "./swarm-api";

/** How a service was before an update. */
export interface Baseline {
  readonly tasks: ReadonlySet<string>;
  /** When its last update began. */
  readonly updateStarted: string | undefined;
}

/** What was seen of a service at one moment. */
export interface Look {
  readonly service: Service;
  readonly tasks: readonly Task[];
  /** The same text for the same picture. */
  readonly picture: string;
  /** When this picture was first seen, and for how many milliseconds it has stayed. */
  readonly since: number;
  readonly unchanged: number;
  readonly expired: boolean;
}

/** Why a service did not come up, what has become of it, and whether it is first to be as before. */
export interface Fault {
  readonly problem: string;
  readonly outcome: string;
  readonly rollBack?: true;
}

/** What to do: wait, be content, or fail. */
export type Verdict = "go on" | "done" | Fault;

/** How long tasks without a health check are watched for an early exit, and the swarm for the begin of an update. */
const SETTLE = 1500;
/** How long after its last task a service counts as given up by the swarm: longer than it takes to decide on a restart. */
const GIVEN_UP = 3000;

/** Judges a service that was created (no baseline) or updated. */
export function judge(look: Look, baseline: Baseline | undefined, timeout: string): Verdict {
  const { service, unchanged, expired } = look;
  const update = updateState(service, baseline);
  const halted = HALTS[update ?? ""];
  // What was rolled back last may still be starting.
  if (halted && (update !== "rollback_completed" || isComplete(look) || expired)) return halted(service);
  const under = halted !== undefined || update === "updating" || update === "rollback_started";
  if (!under && isComplete(look) && unchanged >= settling(look, baseline, update)) return "done";
  if (!under && isGivenUp(look, baseline) && unchanged >= GIVEN_UP) return givenUp(look);
  if (!expired) return "go on";
  const goesBack = baseline && update !== "rollback_started" && service.Spec.UpdateConfig?.FailureAction === "rollback";
  return { ...late(look, timeout), ...(goesBack ? { rollBack: true } : {}) };
}

/** The state of an update that began after the baseline. */
function updateState({ UpdateStatus }: Service, baseline: Baseline | undefined): string | undefined {
  return UpdateStatus?.StartedAt === baseline?.updateStarted ? undefined : UpdateStatus?.State;
}

const HALTS: { readonly [state: string]: (service: Service) => Verdict } = {
  paused: (service) => ({
    problem: `All its tasks must be exchanged, got an update that has paused: ${message(service)}.`,
    outcome: "Part of it is updated (failure_action is pause); the next apply goes on from there.",
  }),
  rollback_completed: (service) => ({
    problem: `All its tasks must be exchanged, got an update that was rolled back: ${message(service)}.`,
    outcome: "It runs as before the update; the next apply tries again.",
  }),
  rollback_paused: (service) => ({
    problem: `All its tasks must be exchanged, got an update that failed and could not be rolled back: ${message(service)}.`,
    outcome: "Part of it is rolled back; the next apply tries the update again.",
  }),
};

function message({ UpdateStatus }: Service): string {
  return UpdateStatus?.Message ?? "no reason given";
}

/** True when as many tasks as wanted run, all of them by the present specification. */
function isComplete({ service, tasks }: Look): boolean {
  const wanted = wantedTasks(service);
  const live = liveTasks(tasks);
  const good = runningTasks(tasks).filter((task) => isCurrent(task, service));
  const ended = finishes(service) ? completedTasks(tasks).filter((task) => isCurrent(task, service)) : [];
  return good.length === live.length && good.length + ended.length === (wanted ?? live.length);
}

/** True where a task that ends well is not started again. */
function finishes({ Spec: { TaskTemplate } }: Service): boolean {
  return ["none", "on-failure"].includes(TaskTemplate.RestartPolicy?.Condition ?? "any");
}

function isCurrent(task: Task, { Spec: { TaskTemplate: wanted } }: Service): boolean {
  return isDeepStrictEqual(task.Spec.ContainerSpec, wanted.ContainerSpec) && task.Spec.ForceUpdate === wanted.ForceUpdate;
}

function settling({ service }: Look, baseline: Baseline | undefined, update: string | undefined): number {
  const watched = update === "completed" || (!baseline && (service.Spec.TaskTemplate.ContainerSpec?.Healthcheck?.Test?.length ?? 0) > 0);
  return watched ? 0 : SETTLE;
}

/** True when a task has failed and nothing follows it: the restart policy is exhausted. */
function isGivenUp({ service, tasks }: Look, baseline: Baseline | undefined): boolean {
  const live = liveTasks(tasks);
  const failed = tasks.some((task) => hasFailed(task) && !baseline?.tasks.has(task.ID));
  return failed && live.length < (wantedTasks(service) ?? 0) && live.length === runningTasks(tasks).length;
}

function givenUp(look: Look): Fault {
  return {
    problem: `It must run ${count(look)}, got ${runningTasks(look.tasks).length}, and the restart policy allows no further attempt.`,
    outcome: "The service stays for inspection.",
  };
}

function late(look: Look, timeout: string): Fault {
  const current = runningTasks(look.tasks).filter((task) => isCurrent(task, look.service)).length;
  return {
    problem: `It must run ${count(look)} within ${timeout} (converge_config), got ${current}.`,
    outcome: "The service stays for inspection, and the swarm goes on trying.",
  };
}

function count({ service }: Look): string {
  const wanted = wantedTasks(service);
  return wanted === 1 ? "1 task" : `${wanted ?? "all"} tasks`;
}
