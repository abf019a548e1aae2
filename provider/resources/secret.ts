import { labelBlocks } from "../identity";
import type { OperationContext, PlanAdjustment, PlanRequest, Resource } from "../resource";
import { LABELS, type ResourceSchema } from "../schema";
import { text, type ObjectValue } from "../value";
import { chosen, REPLACES, required } from "./attribute-kinds";
import { base64Fault } from "./container-faults";
import type { SwarmData } from "./swarm-api";
import { createData, findData, importedData, removeData } from "./swarm-data";
import { onManager } from "./swarm-manager";

const SCHEMA: ResourceSchema = {
  version: 1,
  attributes: {
    id: chosen("string", { description: "Id of the secret." }),
    name: required("string", { ...REPLACES, description: "Name of the secret." }),
    data: required("string", { ...REPLACES, sensitive: true, validate: base64Fault, description: "The value in base64." }),
  },
  blocks: { labels: LABELS },
};

/** `docker_secret`: a value that a swarm hands to tasks as a file. It never comes back from the engine. */
export const secret: Resource = onManager({ schema: SCHEMA, plan, create, read, update, delete: remove, import: importSecret });

/** What an import could not know is noted by the next apply, without another secret. */
function plan({ prior, planned, replace }: PlanRequest): PlanAdjustment {
  return { planned, replace: prior?.["data"] === null ? replace.filter((name) => name !== "data") : replace };
}

async function create(planned: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  return { ...planned, id: await createData("secret", planned, text(planned["data"]) ?? "", context) };
}

async function read(state: ObjectValue, { engine }: OperationContext): Promise<ObjectValue | null> {
  const found = await findData(engine, "secret", text(state["id"]) ?? "");
  return found ? stateOf(found) : null;
}

/** Only the data of an imported secret comes here: it is noted in the state. */
function update(_prior: ObjectValue, planned: ObjectValue): Promise<ObjectValue> {
  return Promise.resolve(planned);
}

function remove(state: ObjectValue, { engine }: OperationContext): Promise<void> {
  return removeData(engine, "secret", { ID: text(state["id"]) ?? "", Spec: { Name: text(state["name"]) ?? "" } });
}

async function importSecret(id: string, { engine }: OperationContext): Promise<ObjectValue> {
  return { ...stateOf(await importedData(engine, "secret", id)), data: null };
}

function stateOf({ ID, Spec }: SwarmData): ObjectValue {
  return { id: ID, name: Spec.Name, labels: labelBlocks(Spec.Labels) };
}
