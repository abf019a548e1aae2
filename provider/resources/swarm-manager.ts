import { EngineError, type Engine } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import type { OperationContext, Resource } from "../resource";

const UNAVAILABLE = 503;

interface SwarmInfo {
  readonly Swarm?: { readonly LocalNodeState?: string; readonly ControlAvailable?: boolean };
}

/** A resource of a swarm: on an engine that does not manage one, each operation fails with what to run. */
export function onManager(resource: Resource): Resource {
  const [plan, update, adopt] = [resource.plan?.bind(resource), resource.update?.bind(resource), resource.import?.bind(resource)];
  return {
    ...resource,
    ...(plan ? { plan: (request, context) => explained(context, async () => plan(request, context)) } : {}),
    create: (planned, context, config) => explained(context, () => resource.create(planned, context, config)),
    read: (state, context) => explained(context, () => resource.read(state, context)),
    ...(update ? { update: (prior, planned, context, config) => explained(context, () => update(prior, planned, context, config)) } : {}),
    delete: (state, context) => explained(context, () => resource.delete(state, context)),
    ...(adopt ? { import: (id, context) => explained(context, () => adopt(id, context)) } : {}),
  };
}

async function explained<T>(context: OperationContext, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw await explain(context.engine, error);
  }
}

async function explain(engine: Engine, error: unknown): Promise<unknown> {
  if (!(error instanceof EngineError) || error.status !== UNAVAILABLE) return error;
  const { Swarm } = await engine.get<SwarmInfo>("/info");
  if (Swarm?.ControlAvailable) return error;
  const [found, fix] = ROLES[Swarm?.LocalNodeState ?? ""] ?? OUTSIDE;
  return new DiagnosticError(
    "The engine is not a swarm manager",
    `services, secrets and configs need an engine that manages a swarm, got ${engine.address}, which ${found}; ${fix}`,
    { cause: error },
  );
}

const OUTSIDE = [
  "is in no swarm",
  "run `docker swarm init` there (`--advertise-addr ADDRESS` where it has several), or let `host` of the provider name a manager",
] as const;

const ROLES: { readonly [state: string]: readonly [string, string] } = {
  active: [
    "is a worker",
    "let `host` of the provider name a manager (`docker info` lists their addresses), or run `docker node promote NODE` on one",
  ],
  pending: ["is joining a swarm", "run `docker info` there until it is active, then apply again"],
  locked: ["is locked", "run `docker swarm unlock` there"],
};
