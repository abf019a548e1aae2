import type { Diagnostic } from "../diagnostic";
import { labelBlocks } from "../identity";
import type { OperationContext, PlanAdjustment, PlanRequest, Resource } from "../resource";
import { LABELS, type ResourceSchema } from "../schema";
import { text, type ObjectValue, type Value } from "../value";
import { chosen, optional, REPLACES, required } from "./attribute-kinds";
import { base64Fault } from "./container-faults";
import type { SwarmData } from "./swarm-api";
import { createData, findData, importedData, removeData } from "./swarm-data";
import { onManager } from "./swarm-manager";

const SCHEMA: ResourceSchema = {
  version: 0,
  attributes: {
    id: chosen("string", { description: "Id of the config." }),
    name: required("string", { ...REPLACES, description: "Name of the config." }),
    data: optional("string", { ...REPLACES, validate: base64Fault, conflictsWith: ["data_raw"], description: "The content in base64." }),
    data_raw: optional("string", { ...REPLACES, description: "The content as it is, instead of `data`." }),
  },
  blocks: { labels: LABELS },
};

const CONTENT = ["data", "data_raw"];

/** `docker_config`: a file that a swarm hands to tasks. */
export const config: Resource = onManager({ schema: SCHEMA, validate, plan, create, read, delete: remove, import: importConfig });

function validate(values: ObjectValue): Diagnostic[] {
  if (CONTENT.some((name) => values[name] !== null)) return [];
  const detail = "one of data and data_raw must be set, got neither; set data_raw to the content, or data to base64encode(...)";
  return [{ severity: "error", summary: "Config without content", detail, path: ["data"] }];
}

/** The same content is no change, in whichever attribute it is. */
function plan({ prior, planned, replace }: PlanRequest): PlanAdjustment {
  const before = prior && contentOf(prior);
  if (!before || before !== contentOf(planned)) return { planned, replace };
  const kept = Object.fromEntries(CONTENT.map((name): [string, Value] => [name, prior[name] ?? null]));
  return { planned: { ...planned, ...kept }, replace: replace.filter((name) => !CONTENT.includes(name)) };
}

async function create(planned: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  return { ...planned, id: await createData("config", planned, contentOf(planned) ?? "", context) };
}

async function read(state: ObjectValue, { engine }: OperationContext): Promise<ObjectValue | null> {
  const found = await findData(engine, "config", text(state["id"]) ?? "");
  return found ? stateOf(found, state) : null;
}

function remove(state: ObjectValue, { engine }: OperationContext): Promise<void> {
  return removeData(engine, "config", { ID: text(state["id"]) ?? "", Spec: { Name: text(state["name"]) ?? "" } });
}

async function importConfig(id: string, { engine }: OperationContext): Promise<ObjectValue> {
  return stateOf(await importedData(engine, "config", id), {});
}

/** The content in base64, as the engine has it. */
function contentOf(values: ObjectValue): string | undefined {
  const raw = text(values["data_raw"]);
  return raw === undefined ? text(values["data"]) : Buffer.from(raw).toString("base64");
}

/** The engine never changes a content: that of the state stays in the attribute in which it is. */
function stateOf({ ID, Spec }: SwarmData, prior: ObjectValue): ObjectValue {
  const content = contentOf(prior) === Spec.Data ? {} : { data: Spec.Data ?? "", data_raw: null };
  return { id: ID, name: Spec.Name, labels: labelBlocks(Spec.Labels), ...content };
}
