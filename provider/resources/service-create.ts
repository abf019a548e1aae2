import { EngineError, type Engine } from "../../engine";
import { labelsOf, sameIdentity } from "../identity";
import type { OperationContext } from "../resource";
import { text, type ObjectValue } from "../value";
import { nameTaken, type NameHolder } from "./name-taken";
import { changeAndConverge } from "./service-converge";
import { withReferenceNames } from "./service-names";
import { removeService } from "./service-remove";
import { serviceSpec } from "./service-to-engine";
import { registryHeaders } from "./service-update";
import type { Service, ServiceSpec } from "./swarm-api";
import { tellReplaced } from "./taken-over";

/** Creates a service and waits for it. One that does not come up stays, tainted. @returns its id */
export async function createService(planned: ObjectValue, context: OperationContext): Promise<string> {
  const spec = await withReferenceNames(context.engine, serviceSpec(planned));
  const headers = await registryHeaders(planned, context);
  context.signal.throwIfAborted();
  return changeAndConverge(context, planned, undefined, async () => {
    const id = await createNamed(context, planned, spec, headers);
    context.checkpoint({ ...planned, id });
    return id;
  });
}

async function createNamed(
  context: OperationContext,
  planned: ObjectValue,
  body: ServiceSpec,
  headers: Record<string, string>,
): Promise<string> {
  const { engine } = context;
  const create = async (): Promise<string> => (await engine.post<{ ID: string }>("/services/create", { body, headers })).ID;
  try {
    return await create();
  } catch (error) {
    const holder = EngineError.isConflict(error) ? await holderOf(engine, text(planned["name"]) ?? "") : undefined;
    if (!holder) throw error;
    await replaceOwn(context, planned, holder);
    return create();
  }
}

function holderOf(engine: Engine, name: string): Promise<Service | undefined> {
  return engine.find<Service>(`/services/${encodeURIComponent(name)}`);
}

/** A service of the same construct is what an interrupted deploy left: it makes way. */
async function replaceOwn(context: OperationContext, planned: ObjectValue, holder: Service): Promise<void> {
  const { ID: id, CreatedAt: since, Spec } = holder;
  const taken: NameHolder = { kind: "service", name: Spec.Name, id, since, labels: Spec.Labels };
  if (!sameIdentity(labelsOf(planned), Spec.Labels)) throw nameTaken(taken, labelsOf(planned));
  await removeService(id, context);
  tellReplaced(context, taken);
}
