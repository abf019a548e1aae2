import { demultiplex, type Engine } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import { troubledTasks } from "./service-tasks";
import type { Service, Task } from "./swarm-api";

const TAIL = 20;
const MOST = 3;
const LOG_TIMEOUT = 5000;

/** What to say of a service that did not come up. */
export interface ServiceFault {
  readonly service: Service;
  readonly summary: string;
  /** `It must ..., got ....` */
  readonly problem: string;
  /** The tasks that belong to the change. */
  readonly tasks: readonly Task[];
  /** What has become of the service, and what to do. */
  readonly outcome: string;
}

/** The error for a service that did not come up: its failing tasks, their errors, exit codes, nodes and last lines. */
export async function serviceFailure(engine: Engine, fault: ServiceFault): Promise<DiagnosticError> {
  const troubled = distinct(troubledTasks(fault.tasks));
  const shown = await Promise.all(troubled.slice(0, MOST).map((task) => describeTask(engine, fault.service, task)));
  const more =
    troubled.length > MOST ? [`${troubled.length - MOST} more tasks failed (docker service ps ${fault.service.Spec.Name}).`] : [];
  return new DiagnosticError(fault.summary, [fault.problem, ...shown, ...more, fault.outcome].join("\n"));
}

/** The latest of the tasks that failed in one slot for one reason. */
function distinct(tasks: readonly Task[]): readonly Task[] {
  const seen = new Map(tasks.toReversed().map((task) => [`${task.Slot ?? task.NodeID ?? ""} ${reason(task)}`, task]));
  return tasks.filter((task) => [...seen.values()].includes(task));
}

async function describeTask(engine: Engine, { Spec }: Service, task: Task): Promise<string> {
  const [node, lines] = await Promise.all([nodeName(engine, task), taskLog(engine, task)]);
  const place = node === undefined ? "on no node" : `on node ${node}`;
  const head = `Task ${Spec.Name}.${task.Slot ?? task.ID} ${place}: ${task.Status.State}, ${reason(task)}.`;
  return lines === "" ? head : `${head} Last lines of its log:\n${indent(lines)}`;
}

function reason({ Status }: Task): string {
  const { Err, Message, ContainerStatus } = Status;
  const code = ContainerStatus?.ExitCode ? `exit code ${ContainerStatus.ExitCode}` : "";
  return [Err || Message || "no reason given", code].filter(Boolean).join(", ");
}

async function nodeName(engine: Engine, { NodeID }: Task): Promise<string | undefined> {
  if (!NodeID) return undefined;
  const node = await engine.find<{ Description: { Hostname: string } }>(`/nodes/${NodeID}`).catch(() => undefined);
  return node?.Description.Hostname ?? NodeID;
}

/** Of a container that has started; nodes that do not answer are not waited for. */
async function taskLog(engine: Engine, task: Task): Promise<string> {
  if (!task.Status.ContainerStatus?.ContainerID) return "";
  try {
    const query = { stdout: true, stderr: true, tail: TAIL };
    const stream = await engine.stream("GET", `/tasks/${task.ID}/logs`, { query, signal: AbortSignal.timeout(LOG_TIMEOUT) });
    const chunks: Buffer[] = [];
    for await (const { data } of demultiplex(stream)) chunks.push(data);
    return Buffer.concat(chunks).toString("utf8").trimEnd();
  } catch (error) {
    return `(the log cannot be read: ${error instanceof Error ? error.message : String(error)})`;
  }
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
