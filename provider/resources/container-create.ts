import { EngineError, type Engine } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import { labelsOf, sameIdentity } from "../identity";
import type { OperationContext } from "../resource";
import { blocks, flag, text, type ObjectValue } from "../value";
import type { ContainerInspect, CreateBody } from "./container-api";
import { requireWeight, type Created } from "./container-discarded";
import { furtherNetworks } from "./container-endpoints";
import { containerLogs } from "./container-failure";
import { requireImage } from "./container-images";
import { findContainer, stateOf } from "./container-inspect";
import { connect, withNetworkNames } from "./container-networks";
import { NO_NOTES, writeNotes } from "./container-private";
import { removeContainer, stopAndRemove } from "./container-remove";
import { nameTaken, type NameHolder } from "./name-taken";
import { createBody } from "./container-to-engine";
import { tellReplaced } from "./taken-over";
import { uploadFiles } from "./container-upload";
import { startAndWait } from "./container-wait";

/** Creates a container and brings it up. One that cannot start is removed; one that fails later stays, tainted. */
export async function createContainer(planned: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  const { engine } = context;
  // A replacement comes with the notes of the container before it.
  context.setPrivate(writeNotes(context.priorPrivate, NO_NOTES));
  const image = await requireImage(context, text(planned["image"]) ?? "", text(planned["platform"]));
  const named = await withNetworkNames(engine, planned);
  const id = await createNamed(context, named, createBody(named, image));
  try {
    return await bringUp(context, id, planned, named);
  } catch (error) {
    await keepState(context, id, planned);
    throw error;
  }
}

async function bringUp(context: OperationContext, id: string, planned: ObjectValue, named: ObjectValue): Promise<ObjectValue> {
  const { engine } = context;
  await orRemove(engine, id, async () => {
    for (const network of furtherNetworks(named)) await connect(engine, id, network);
    noteSources(context, named, await uploadFiles(engine, id, named));
  });
  if (flag(planned["start"]) === false) return stateOf(context, await engine.get<ContainerInspect>(`/containers/${id}/json`), planned);
  const start = (): Promise<void> => orRemove(engine, id, () => startContainer(engine, id));
  const inspect = await startAndWait(context, id, planned, start);
  const logs = flag(planned["attach"]) && flag(planned["logs"]) ? await containerLogs(engine, inspect) : null;
  const state = { ...(await stateOf(context, inspect, planned)), container_logs: logs };
  if (flag(planned["attach"]) && flag(planned["rm"])) await removeContainer(engine, id, true);
  return state;
}

/** What was in the files here is in no attribute: their later content does not tell what was uploaded. */
function noteSources(context: OperationContext, { upload }: ObjectValue, fingerprints: Readonly<Record<string, string>>): void {
  const sources = blocks(upload).flatMap(({ source, file }) => (text(source) ? [text(file) ?? ""] : []));
  if (sources.length === 0) return;
  const uploads = Object.fromEntries(sources.map((file) => [file, fingerprints[file] ?? ""]));
  context.setPrivate(writeNotes(context.priorPrivate, { ...NO_NOTES, uploads }));
}

/** A container that never ran has nothing to inspect: it is not left behind. */
async function orRemove<T>(engine: Engine, id: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    await removeContainer(engine, id, true);
    throw error;
  }
}

async function keepState(context: OperationContext, id: string, planned: ObjectValue): Promise<void> {
  try {
    const inspect = await findContainer(context.engine, id);
    if (inspect) context.checkpoint(await stateOf(context, inspect, planned));
  } catch {
    // The engine does not answer: what was made is still to be remembered.
    context.checkpoint({ id });
  }
}

/** @throws DiagnosticError with the daemon's reason */
export async function startContainer(engine: Engine, id: string): Promise<void> {
  try {
    await engine.post(`/containers/${id}/start`);
  } catch (error) {
    if (!(error instanceof EngineError) || error.status === 0) throw error;
    throw new DiagnosticError("Container cannot start", `the engine must be able to start it, got: ${error.message}`, { cause: error });
  }
}

async function createNamed(context: OperationContext, planned: ObjectValue, body: CreateBody): Promise<string> {
  const { engine } = context;
  const name = text(planned["name"]) ?? "";
  const platform = text(planned["platform"]);
  const query = { name, ...(platform ? { platform } : {}) };
  const create = async (): Promise<string> =>
    requireWeight(engine, await engine.post<Created>("/containers/create", { query, body }), planned);
  try {
    return await create();
  } catch (error) {
    const holder = EngineError.isConflict(error) ? await findContainer(engine, name) : undefined;
    if (!holder) throw error;
    await replaceOwn(context, planned, holder);
    return create();
  }
}

/** A container of the same construct makes way: what a killed deploy left, mostly. */
async function replaceOwn(context: OperationContext, planned: ObjectValue, existing: ContainerInspect): Promise<void> {
  const { Id: id, Created: since, Config: config } = existing;
  const holder: NameHolder = { kind: "container", name: text(planned["name"]) ?? "", id, since, labels: config.Labels };
  if (!sameIdentity(labelsOf(planned), config.Labels)) throw nameTaken(holder, labelsOf(planned));
  await stopAndRemove(context.engine, existing, { removeVolumes: flag(planned["remove_volumes"]) ?? true });
  tellReplaced(context, holder);
}
