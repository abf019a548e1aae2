import { EngineError, type Engine } from "../../engine";
import type { OperationContext } from "../resource";
import { watchEvents } from "./container-events";
import { hasEnded } from "./service-tasks";
import type { Service, Task } from "./swarm-api";

const SECOND = 1000;
const NANOSECONDS_PER_MS = 1e6;
const DEFAULT_GRACE = 10 * SECOND;
/** Beyond the grace period: for the nodes to hear of it and to remove the containers. */
const MARGIN = 60 * SECOND;
const RECHECK = 500;

interface Leftovers {
  readonly tasks: readonly Task[];
  readonly containers: number;
}

/** Removes a service and waits until its tasks have ended, so that what they use is free; it may be gone already. */
export async function removeService(id: string, context: OperationContext): Promise<void> {
  const { engine } = context;
  const service = await engine.find<Service>(`/services/${id}`);
  if (!service) return;
  const watch = await watchEvents(engine, ({ Actor }) => Actor.Attributes["com.docker.swarm.service.id"] === service.ID);
  try {
    await remove(engine, service.ID);
    const deadline = Date.now() + graceOf(service) + MARGIN;
    for (let left = await leftovers(engine, service.ID); isAnythingLeft(left); left = await leftovers(engine, service.ID)) {
      if (Date.now() >= deadline || context.signal.aborted) {
        warnOf(left, service, context);
        return;
      }
      await watch.next(RECHECK, context.signal);
    }
  } finally {
    watch.close();
  }
}

async function remove(engine: Engine, id: string): Promise<void> {
  try {
    await engine.delete(`/services/${id}`);
  } catch (error) {
    if (!EngineError.isNotFound(error)) throw error;
  }
}

function graceOf({ Spec }: Service): number {
  const { StopGracePeriod: grace } = Spec.TaskTemplate.ContainerSpec ?? {};
  return grace === undefined || grace === null ? DEFAULT_GRACE : grace / NANOSECONDS_PER_MS;
}

/** A removed service is no filter any more. Containers of other nodes are known by their tasks alone. */
async function leftovers(engine: Engine, id: string): Promise<Leftovers> {
  const query = { all: true, filters: { label: [`com.docker.swarm.service.id=${id}`] } };
  const [tasks, containers] = await Promise.all([
    engine.get<Task[] | null>("/tasks"),
    engine.get<{ State: string }[]>("/containers/json", { query }),
  ]);
  return { tasks: (tasks ?? []).filter((task) => task.ServiceID === id && !hasEnded(task)), containers: containers.length };
}

function isAnythingLeft({ tasks, containers }: Leftovers): boolean {
  return tasks.length > 0 || containers > 0;
}

function warnOf({ tasks, containers }: Leftovers, { Spec: { Name } }: Service, context: OperationContext): void {
  const nodes = [...new Set(tasks.flatMap(({ NodeID }) => (NodeID ? [NodeID] : [])))].join(", ");
  const detail =
    `service ${Name} is removed, but ${tasks.length} of its tasks${nodes ? ` (on node ${nodes})` : ""} and ${containers} of its containers ` +
    "had not ended in time; what they use cannot be removed yet (`docker node ls` shows whether the nodes answer)";
  context.warn("Tasks have not ended", detail);
}
