import type { Engine } from "../../engine";
import type { Service, Task } from "./swarm-api";

/** States in which a task ends. */
const ENDED = ["complete", "shutdown", "failed", "rejected", "remove", "orphaned"];
const FAILED = ["failed", "rejected", "orphaned"];

/** All tasks of a service that the swarm still knows, those of before included. */
export async function tasksOf(engine: Engine, service: string): Promise<readonly Task[]> {
  const tasks = await engine.get<Task[] | null>("/tasks", { query: { filters: { service: [service] } } });
  return tasks ?? [];
}

/** Tasks that the swarm still wants and that have not ended. */
export function liveTasks(tasks: readonly Task[]): readonly Task[] {
  return tasks.filter((task) => !ENDED.includes(task.Status.State) && !isDismissed(task));
}

/** Live tasks that run; with a health check, that are healthy. */
export function runningTasks(tasks: readonly Task[]): readonly Task[] {
  return liveTasks(tasks).filter((task) => task.Status.State === "running" && task.DesiredState === "running");
}

/** Tasks that ended as they should and are not to be started again. */
export function completedTasks(tasks: readonly Task[]): readonly Task[] {
  return tasks.filter((task) => task.Status.State === "complete");
}

/** Tasks that failed, or that cannot start yet and say why, the latest first. */
export function troubledTasks(tasks: readonly Task[]): readonly Task[] {
  return tasks.filter((task) => hasFailed(task) || (task.Status.Err && !ENDED.includes(task.Status.State))).sort(latestFirst);
}

export function hasFailed(task: Task): boolean {
  return FAILED.includes(task.Status.State);
}

/** True when a task has ended, or is on a node that no longer answers. */
export function hasEnded(task: Task): boolean {
  return ENDED.includes(task.Status.State);
}

function isDismissed(task: Task): boolean {
  return task.DesiredState === "shutdown" || task.DesiredState === "remove";
}

function latestFirst(one: Task, other: Task): number {
  return Date.parse(other.Status.Timestamp) - Date.parse(one.Status.Timestamp);
}

/** How many tasks a service is to have; undefined where that depends on the nodes. */
export function wantedTasks({ Spec: { Mode } }: Service): number | undefined {
  return Mode?.Global ? undefined : (Mode?.Replicated?.Replicas ?? 1);
}
