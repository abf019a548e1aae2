import { DiagnosticError } from "../diagnostic";
import type { OperationContext, Resource } from "../resource";
import { text, type ObjectValue } from "../value";
import { noteImported } from "./imported";
import { createService } from "./service-create";
import { serviceFaults } from "./service-faults";
import { serviceState } from "./service-from-engine";
import { networkNamesOf } from "./service-names";
import { planService } from "./service-plan";
import { removeService } from "./service-remove";
import { SERVICE_SCHEMA } from "./service-schema";
import { updateService } from "./service-update";
import { onManager } from "./swarm-manager";
import type { Service } from "./swarm-api";

/** `docker_service`: tasks that a swarm keeps running on its nodes. */
export const service: Resource = onManager({
  schema: SERVICE_SCHEMA,
  validate: serviceFaults,
  plan: planService,
  create,
  read: (state, context) => find(text(state["id"]) ?? "", context, state),
  update,
  delete: (state, context) => removeService(text(state["id"]) ?? "", context),
  import: importService,
});

async function create(planned: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  noteImported(context, false);
  return stored(await createService(planned, context), planned, context);
}

async function update(prior: ObjectValue, planned: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  const id = text(prior["id"]) ?? "";
  await updateService(id, planned, context);
  noteImported(context, false);
  return stored(id, planned, context);
}

async function importService(id: string, context: OperationContext): Promise<ObjectValue> {
  const found = await find(id, context, undefined);
  if (!found)
    throw new DiagnosticError(
      `Service ${id} does not exist`,
      `id must be the id or name of a service of the swarm, got ${JSON.stringify(id)}; \`docker service ls\` lists them`,
    );
  noteImported(context, true);
  return found;
}

async function find(reference: string, { engine, signal }: OperationContext, prior: ObjectValue | undefined): Promise<ObjectValue | null> {
  const found = await engine.find<Service>(`/services/${encodeURIComponent(reference)}`, { signal });
  return found ? serviceState(found, await networkNamesOf(engine, found, prior)) : null;
}

async function stored(id: string, planned: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  return (await find(id, context, planned)) ?? { ...planned, id };
}
