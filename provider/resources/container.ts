import { DiagnosticError } from "../diagnostic";
import type { OperationContext, Resource } from "../resource";
import { flag, integer, text, type ObjectValue } from "../value";
import { createContainer } from "./container-create";
import { findContainer, stateOf } from "./container-inspect";
import { changedNetworks } from "./container-networks";
import { planContainer } from "./container-plan";
import { NO_NOTES, readNotes, writeNotes } from "./container-private";
import { stopAndRemove } from "./container-remove";
import { isReplacement, replaceContainer } from "./container-replace";
import { CONTAINER_SCHEMA } from "./container-schema";
import { updateContainer } from "./container-update";
import { uploadState } from "./container-uploaded";

const READ_SECONDS = 15;

/** `docker_container`: a container, its networks and its files. */
export const container: Resource = {
  schema: CONTAINER_SCHEMA,
  plan: planContainer,
  create: (planned, context) => createContainer(planned, context),
  read: readContainer,
  update: (prior, planned, context) =>
    isReplacement(planned)
      ? replaceContainer(planned, context, () => deleteContainer(prior, context))
      : updateContainer(prior, planned, context),
  delete: deleteContainer,
  import: importContainer,
};

async function readContainer(state: ObjectValue, context: OperationContext): Promise<ObjectValue | null> {
  const request = { signal: context.signal, answerSeconds: readSeconds(state) };
  const inspect = await findContainer(context.engine, text(state["id"]) ?? "", request);
  if (!inspect) return finishedAndRemoved(state) ? {} : null;
  const notes = readNotes(context.priorPrivate);
  const actual = { ...(await stateOf(context, inspect, state)), ...(await uploadState(context.engine, inspect.Id, state, notes)) };
  const networks = [...new Set([...notes.networks, ...changedNetworks(state, actual)])];
  if (networks.length > notes.networks.length) context.setPrivate(writeNotes(context.priorPrivate, { ...notes, networks }));
  return actual;
}

/** `rm` of a container that need not run: that it is gone is its success. */
function finishedAndRemoved(state: ObjectValue): boolean {
  return flag(state["rm"]) === true && flag(state["must_run"]) === false;
}

function readSeconds(state: ObjectValue): number {
  const milliseconds = integer(state["container_read_refresh_timeout_milliseconds"]);
  return milliseconds ? milliseconds / 1000 : READ_SECONDS;
}

async function deleteContainer(state: ObjectValue, context: OperationContext): Promise<void> {
  const inspect = await findContainer(context.engine, text(state["id"]) ?? "");
  if (!inspect) return;
  const grace = integer(state["destroy_grace_seconds"]) || integer(state["stop_timeout"]) || undefined;
  // The configuration of an imported container may ask for a grace that no apply has told us yet.
  const graceSeconds = grace ?? (readNotes(context.priorPrivate).imported ? undefined : 0);
  const removeVolumes = flag(state["remove_volumes"]) ?? true;
  const { engine, signal } = context;
  await stopAndRemove(engine, inspect, { removeVolumes, signal, ...(graceSeconds === undefined ? {} : { graceSeconds }) });
}

async function importContainer(id: string, context: OperationContext): Promise<ObjectValue> {
  const inspect = await findContainer(context.engine, id);
  if (!inspect)
    throw new DiagnosticError(
      `Container ${id} does not exist`,
      `id must be the id or name of a container on the engine, got ${JSON.stringify(id)}; \`docker ps -a\` lists them`,
    );
  context.setPrivate(writeNotes(context.priorPrivate, { ...NO_NOTES, imported: true }));
  return { ...(await stateOf(context, inspect, {})), destroy_grace_seconds: null };
}
