import { EngineError, type Engine } from "../../engine";
import type { OperationContext } from "../resource";
import { blocks, text, UNKNOWN, type ObjectValue } from "../value";
import { registryAuthHeader, type RegistryAuth } from "../registry-auth";
import { parseReference } from "./image-reference";
import { changeAndConverge } from "./service-converge";
import { withReferenceNames } from "./service-names";
import { tasksOf } from "./service-tasks";
import { serviceSpec } from "./service-to-engine";
import type { Baseline } from "./service-verdict";
import type { Service, ServiceSpec } from "./swarm-api";

/** The swarm itself writes a new version while it works on a service. */
const ATTEMPTS = 10;

/** Changes a service as it runs. */
export async function updateService(id: string, planned: ObjectValue, context: OperationContext): Promise<void> {
  const { engine } = context;
  const service = await engine.get<Service>(`/services/${id}`);
  const spec = await withReferenceNames(engine, forced(serviceSpec(planned), planned, service));
  const headers = await registryHeaders(planned, context);
  context.signal.throwIfAborted();
  await changeAndConverge(context, planned, await baselineOf(engine, service), async () => {
    await postUpdate(engine, id, spec, headers);
    return id;
  });
}

async function baselineOf(engine: Engine, service: Service): Promise<Baseline> {
  const tasks = await tasksOf(engine, service.ID);
  return { tasks: new Set(tasks.map(({ ID }) => ID)), updateStarted: service.UpdateStatus?.StartedAt };
}

/** A number that the plan left open exchanges all tasks. */
function forced(spec: ServiceSpec, planned: ObjectValue, { Spec }: Service): ServiceSpec {
  const open = blocks(planned["task_spec"])[0]?.["force_update"] === UNKNOWN;
  const ForceUpdate = (Spec.TaskTemplate.ForceUpdate ?? 0) + 1;
  return open ? { ...spec, TaskTemplate: { ...spec.TaskTemplate, ForceUpdate } } : spec;
}

async function postUpdate(engine: Engine, id: string, body: ServiceSpec, headers: Record<string, string>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { Version } = await engine.get<Service>(`/services/${id}`);
    try {
      await engine.post(`/services/${id}/update`, { query: { version: Version.Index }, body, headers });
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !isOutOfSequence(error)) throw error;
    }
  }
}

function isOutOfSequence(error: unknown): boolean {
  return error instanceof EngineError && error.message.includes("out of sequence");
}

/** Credentials with which the nodes pull the image: those of the service, else the provider's. */
export async function registryHeaders(planned: ObjectValue, context: OperationContext): Promise<Record<string, string>> {
  const [task] = blocks(planned["task_spec"]);
  const [container] = blocks(task?.["container_spec"]);
  const [own] = blocks(planned["auth"]);
  const auth = own ? ownAuth(own) : await context.registryAuth(parseReference(text(container?.["image"]) ?? "").registry);
  return auth ? { "X-Registry-Auth": registryAuthHeader(auth) } : {};
}

function ownAuth(block: ObjectValue): RegistryAuth {
  return {
    serveraddress: text(block["server_address"]) ?? "",
    username: text(block["username"]) ?? "",
    password: text(block["password"]) ?? "",
  };
}
