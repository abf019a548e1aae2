import { EngineError, type Engine } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import { labelsOf, sameIdentity } from "../identity";
import type { OperationContext } from "../resource";
import { text, type ObjectValue } from "../value";
import { nameTaken, type NameHolder } from "./name-taken";
import type { Service, SwarmData } from "./swarm-api";
import { tellReplaced } from "./taken-over";

/** Files that a swarm hands to its tasks: secrets, which never come back, and configs. */
export type DataKind = "secret" | "config";

/** Makes a secret or config. @param data in base64 @returns its id */
export async function createData(kind: DataKind, planned: ObjectValue, data: string, context: OperationContext): Promise<string> {
  const { engine, signal } = context;
  const body = { Name: text(planned["name"]) ?? "", Labels: labelsOf(planned), Data: data };
  const create = async (): Promise<string> => (await engine.post<{ ID: string }>(`/${kind}s/create`, { body })).ID;
  signal.throwIfAborted();
  try {
    return await create();
  } catch (error) {
    const holder = EngineError.isConflict(error) ? await findData(engine, kind, body.Name) : undefined;
    if (!holder) throw error;
    await replaceOwn(context, kind, planned, holder);
    return create();
  }
}

/** A secret or config by id or name. */
export function findData(engine: Engine, kind: DataKind, reference: string): Promise<SwarmData | undefined> {
  return engine.find<SwarmData>(`/${kind}s/${encodeURIComponent(reference)}`);
}

/** Removes a secret or config; it may be gone already. */
export async function removeData(engine: Engine, kind: DataKind, { ID, Spec }: Pick<SwarmData, "ID" | "Spec">): Promise<void> {
  try {
    await engine.delete(`/${kind}s/${ID}`);
  } catch (error) {
    if (EngineError.isNotFound(error)) return;
    const users = await usersOf(engine, kind, ID);
    throw users.length > 0 ? inUse(kind, Spec.Name, users, error) : error;
  }
}

/** A secret or config to be imported. */
export async function importedData(engine: Engine, kind: DataKind, reference: string): Promise<SwarmData> {
  const found = await findData(engine, kind, reference);
  if (found) return found;
  throw new DiagnosticError(
    `The ${kind} ${reference} does not exist`,
    `id must be the id or name of a ${kind} of the swarm, got ${JSON.stringify(reference)}; \`docker ${kind} ls\` lists them`,
  );
}

/** One of the same construct is what an interrupted deploy left: it makes way. */
async function replaceOwn(context: OperationContext, kind: DataKind, planned: ObjectValue, holder: SwarmData): Promise<void> {
  const { ID: id, CreatedAt: since, Spec } = holder;
  const taken: NameHolder = { kind, name: Spec.Name, id, since, labels: Spec.Labels };
  if (!sameIdentity(labelsOf(planned), Spec.Labels)) throw nameTaken(taken, labelsOf(planned));
  await removeData(context.engine, kind, holder);
  tellReplaced(context, taken);
}

async function usersOf(engine: Engine, kind: DataKind, id: string): Promise<string[]> {
  const services = await engine.get<Service[] | null>("/services");
  const uses = ({ Spec }: Service): boolean => {
    const { Secrets, Configs } = Spec.TaskTemplate.ContainerSpec ?? {};
    return kind === "secret"
      ? (Secrets ?? []).some(({ SecretID }) => SecretID === id)
      : (Configs ?? []).some(({ ConfigID }) => ConfigID === id);
  };
  return (services ?? []).filter(uses).map(({ Spec }) => Spec.Name);
}

function inUse(kind: DataKind, name: string, services: readonly string[], cause: unknown): DiagnosticError {
  return new DiagnosticError(
    `The ${kind} is in use`,
    `${kind} ${name} must be free to be removed, got the services ${services.join(", ")} with it; ` +
      `put a part that changes with the data into its name (\`name = "x-\${substr(sha256(var.x), 0, 8)}"\`) and set create_before_destroy, ` +
      "so that the services move to the new one first",
    { cause },
  );
}
