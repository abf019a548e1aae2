import { EngineError, type Engine } from "../../engine";
import { DiagnosticError, type Diagnostic } from "../diagnostic";
import { KEEP_LABEL, labelBlocks, labelsOf, PROJECT_LABEL, sameIdentity } from "../identity";
import type { OperationContext, PlanAdjustment, PlanRequest, Resource } from "../resource";
import { LABELS, type ResourceSchema } from "../schema";
import { blocks, text, textMap, type ObjectValue } from "../value";
import { keepProject } from "./labels-plan";
import { nameTaken, type NameHolder } from "./name-taken";
import { tellAdopted, tellKeptData } from "./taken-over";

interface Volume {
  readonly Name: string;
  readonly Driver: string;
  readonly Mountpoint: string;
  readonly CreatedAt?: string;
  readonly Labels: Readonly<Record<string, string>> | null;
  readonly Options: Readonly<Record<string, string>> | null;
}

/** Set by engines since API 1.42 on volumes without a name. */
const ANONYMOUS_LABEL = "com.docker.volume.anonymous";

const SCHEMA = {
  version: 1,
  attributes: {
    id: { type: "string", optional: true, computed: true },
    name: {
      type: "string",
      optional: true,
      computed: true,
      forceNew: true,
      description: "Name of the volume. Default: one that the daemon makes up.",
    },
    driver: { type: "string", optional: true, computed: true, forceNew: true, description: "Driver of the volume. Default: local." },
    driver_opts: { type: ["map", "string"], optional: true, forceNew: true, description: "Options of the driver." },
    mountpoint: { type: "string", computed: true, description: "Directory on the host." },
  },
  blocks: {
    labels: LABELS,
    cluster: {
      nesting: "list",
      max: 1,
      attributes: {
        id: { type: "string", computed: true },
        scope: { type: "string", optional: true, forceNew: true, default: "single", description: "single or multi." },
        sharing: { type: "string", optional: true, forceNew: true, default: "none", description: "none, readonly, onewriter or all." },
        type: { type: "string", optional: true, forceNew: true, default: "block", description: "mount or block." },
        group: { type: "string", optional: true, forceNew: true, default: "", description: "Group of the volume." },
        availability: { type: "string", optional: true, default: "active", description: "active, pause or drain." },
        required_bytes: { type: "string", optional: true, forceNew: true, description: "Smallest size." },
        limit_bytes: { type: "string", optional: true, forceNew: true, description: "Largest size." },
        topology_required: {
          type: "string",
          optional: true,
          forceNew: true,
          default: "",
          description: "Where the volume must be reachable.",
        },
        topology_preferred: { type: "string", optional: true, forceNew: true, default: "", description: "Where the volume should be." },
      },
    },
  },
} as const satisfies ResourceSchema;

/** `docker_volume`: data outlives its resource when it is labelled `docker-tiers.keep`. */
export const volume: Resource = { schema: SCHEMA, validate, plan, create, read, update, delete: remove, import: importVolume };

function validate(config: ObjectValue): Diagnostic[] {
  if (blocks(config["cluster"]).length === 0) return [];
  const detail =
    "cluster must not be set, got a cluster block; volumes of a swarm's CSI drivers are made by the public provider (kreuzwerker/docker)";
  return [{ severity: "error", summary: "Cluster volumes are not supported", detail, path: ["cluster"] }];
}

/** The daemon cannot relabel a volume, and data that is to be kept is not made anew for a label or an option, whoever made the volume. */
function plan(request: PlanRequest): PlanAdjustment {
  const { prior } = request;
  const { planned, replace } = keepProject(request);
  if (!prior || !isKept(labelsOf(planned))) return { planned, replace };
  if (!replace.includes("name") && replace.some((name) => name === "driver" || name === "driver_opts"))
    throw otherOptions(text(prior["name"]) ?? "", described(planned), described(prior));
  return { planned, replace: replace.filter((name) => name !== "labels") };
}

/** Names that this apply took over, by its connection: an earlier object of Terraform's may stand for one of them, and is removed after that. */
const takenOver = new WeakMap<Engine, Set<string>>();

async function create(planned: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  const { engine, signal } = context;
  const name = text(planned["name"]);
  const existing = name ? await find(engine, name, signal) : undefined;
  if (existing) return adopt(existing, planned, context);
  signal.throwIfAborted();
  const body = {
    Name: name,
    Driver: text(planned["driver"]) ?? "local",
    DriverOpts: textMap(planned["driver_opts"]),
    Labels: labelsOf(planned),
  };
  return stateOf(await engine.post<Volume>("/volumes/create", { body }), planned);
}

async function read(state: ObjectValue, context: OperationContext): Promise<ObjectValue | null> {
  const found = await find(context.engine, text(state["id"]) ?? "", context.signal);
  return found ? stateOf(found, state) : null;
}

/** Only the labels of a kept volume come here: they are noted in the state. */
async function update(prior: ObjectValue, planned: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  const current = await read(prior, context);
  return { ...current, labels: planned["labels"] ?? [] };
}

async function remove(state: ObjectValue, context: OperationContext): Promise<void> {
  const { engine } = context;
  const name = text(state["id"]) ?? "";
  const found = await find(engine, name);
  if (!found || takenOver.get(engine)?.has(name)) return;
  if (isKept(labelsOf(state)) || isKept(found.Labels ?? {})) {
    context.warn("Volume is kept", keptMessage(name, engine));
    return;
  }
  try {
    await engine.delete(volumePath(name));
  } catch (error) {
    if (EngineError.isConflict(error)) throw await inUse(engine, name, error);
    if (!EngineError.isNotFound(error)) throw error;
  }
}

async function importVolume(name: string, { engine }: OperationContext): Promise<ObjectValue> {
  const found = await find(engine, name);
  if (found) return stateOf(found, undefined);
  throw new DiagnosticError(
    "Volume not found",
    `the import id must be the name of a volume on ${engine.address}, got ${JSON.stringify(name)}`,
  );
}

function volumePath(name: string): string {
  return `/volumes/${encodeURIComponent(name)}`;
}

function find(engine: Engine, name: string, signal?: AbortSignal): Promise<Volume | undefined> {
  return engine.find<Volume>(volumePath(name), signal ? { signal } : {});
}

function isKept(labels: Readonly<Record<string, string>>): boolean {
  return labels[KEEP_LABEL] === "true";
}

function keptMessage(name: string, engine: Engine): string {
  return `the volume ${name} on ${engine.address} is labelled ${KEEP_LABEL}=true, so its data stays and the next deploy uses it again; to delete the data: \`docker volume rm ${name}\``;
}

/** A volume of the same construct is used again with its data, unless it would have to be another one. */
function adopt(existing: Volume, planned: ObjectValue, context: OperationContext): ObjectValue {
  const { Name, Driver, Labels, CreatedAt = "an unknown time" } = existing;
  const holder: NameHolder = { kind: "volume", name: Name, id: Name, since: CreatedAt, labels: Labels };
  if (!sameIdentity(labelsOf(planned), Labels)) throw nameTaken(holder, labelsOf(planned));
  const [wanted, actual] = [described(planned), describe(Driver, existing.Options ?? {})];
  if (wanted === actual) {
    const ours = isKept(labelsOf(planned)) && Labels?.[PROJECT_LABEL] !== undefined;
    (ours ? tellKeptData : tellAdopted)(context, holder);
    takenOver.set(context.engine, (takenOver.get(context.engine) ?? new Set()).add(Name));
    return stateOf(existing, planned);
  }
  throw otherOptions(Name, wanted, `${actual} since ${CreatedAt}`);
}

function otherOptions(name: string, wanted: string, actual: string): DiagnosticError {
  const detail = `volume ${name} must be ${wanted}, got ${actual}; its data is kept: choose another name, or move the data and run \`docker volume rm ${name}\``;
  return new DiagnosticError("Volume exists with other options", detail, { path: ["driver_opts"] });
}

function described(volume: ObjectValue): string {
  return describe(text(volume["driver"]) ?? "local", textMap(volume["driver_opts"]));
}

function describe(driver: string, options: Readonly<Record<string, string>>): string {
  return [
    driver,
    ...Object.keys(options)
      .sort()
      .map((name) => `${name}=${options[name] ?? ""}`),
  ].join(" ");
}

async function inUse(engine: Engine, name: string, cause: unknown): Promise<DiagnosticError> {
  const users = await engine.get<{ Names: string[]; State: string }[]>("/containers/json", {
    query: { all: true, filters: { volume: [name] } },
  });
  const list = users.map(({ Names, State }) => `${(Names[0] ?? "").replace(/^\//, "")} (${State})`).join(", ");
  return new DiagnosticError(
    "Volume is in use",
    `volume ${name} must be free to be removed, got the containers ${list || "that docker does not list"} on it; remove them first`,
    { cause },
  );
}

/** The daemon's view. Labels are settled when a volume is made: those of an adopted one are the planned ones in the state. */
function stateOf(found: Volume, prior: ObjectValue | undefined): ObjectValue {
  const adopted = prior && (isKept(labelsOf(prior)) || sameIdentity(labelsOf(prior), found.Labels));
  return {
    id: found.Name,
    name: found.Name,
    driver: found.Driver,
    driver_opts: found.Options ?? {},
    mountpoint: found.Mountpoint,
    labels: adopted ? (prior["labels"] ?? []) : labelBlocks(labelsSet(found)),
    cluster: [],
  };
}

function labelsSet({ Labels }: Volume): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(Labels ?? {}).filter(([name]) => name !== ANONYMOUS_LABEL));
}
