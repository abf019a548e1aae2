import { EngineError, type Engine } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import { labelBlocks, labelsOf, sameConfiguration, sameIdentity } from "../identity";
import type { OperationContext, Resource } from "../resource";
import { LABELS, type ResourceSchema } from "../schema";
import { blocks, flag, isZero, text, textMap, type ObjectValue, type Value } from "../value";
import { overlaps, sameSubnet } from "./cidr";
import { nameTaken } from "./name-taken";

interface IpamConfig {
  readonly Subnet?: string;
  readonly IPRange?: string;
  readonly Gateway?: string;
  readonly AuxiliaryAddresses?: Readonly<Record<string, string>>;
}

interface Network {
  readonly Id: string;
  readonly Name: string;
  readonly Created: string;
  readonly Scope: string;
  readonly Driver: string;
  readonly EnableIPv6: boolean;
  readonly Internal: boolean;
  readonly Attachable: boolean;
  readonly Ingress: boolean;
  readonly IPAM: { readonly Driver: string; readonly Options: Readonly<Record<string, string>> | null; readonly Config: readonly IpamConfig[] | null };
  readonly Options: Readonly<Record<string, string>> | null;
  readonly Labels: Readonly<Record<string, string>> | null;
  readonly Containers?: Readonly<Record<string, { readonly Name: string }>>;
}

const SCHEMA = {
  version: 1,
  attributes: {
    id: { type: "string", optional: true, computed: true },
    name: { type: "string", required: true, forceNew: true, description: "Name of the network." },
    driver: { type: "string", optional: true, computed: true, forceNew: true, description: "Driver of the network. Default: bridge." },
    options: { type: ["map", "string"], optional: true, computed: true, forceNew: true, description: "Options of the driver." },
    internal: { type: "bool", optional: true, computed: true, forceNew: true, description: "No route to the outside." },
    attachable: { type: "bool", optional: true, forceNew: true, description: "Containers may join a swarm-wide network by hand." },
    ingress: { type: "bool", optional: true, forceNew: true, description: "The routing mesh of a swarm." },
    ipv6: { type: "bool", optional: true, forceNew: true, description: "IPv6 addresses." },
    ipam_driver: { type: "string", optional: true, forceNew: true, default: "default", description: "Driver that hands out addresses." },
    ipam_options: { type: ["map", "string"], optional: true, forceNew: true, description: "Options of that driver." },
    scope: { type: "string", computed: true, description: "local, swarm or global." },
  },
  blocks: {
    labels: LABELS,
    ipam_config: {
      nesting: "set",
      computed: true,
      forceNew: true,
      attributes: {
        subnet: { type: "string", optional: true, forceNew: true, description: "Subnet in CIDR form." },
        ip_range: { type: "string", optional: true, forceNew: true, description: "Part of the subnet that addresses are taken from." },
        gateway: { type: "string", optional: true, forceNew: true, description: "Address of the gateway." },
        aux_address: { type: ["map", "string"], optional: true, forceNew: true, description: "Addresses that are never handed out." },
      },
    },
  },
} as const satisfies ResourceSchema;

/** `docker_network`: everything about a network is settled when it is made. */
export const network: Resource = { schema: SCHEMA, create, read, delete: remove, import: importNetwork };

async function create(planned: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  const name = text(planned["name"]) ?? "";
  const existing = await findByName(context.engine, name);
  const adopted = existing && (await meetExisting(existing, planned, context));
  const id = adopted?.Id ?? (await createNetwork(planned, context));
  context.checkpoint({ ...planned, id });
  return stateOf(await inspect(context.engine, id), planned);
}

async function read(state: ObjectValue, context: OperationContext): Promise<ObjectValue | null> {
  const found = await context.engine.find<Network>(networkPath(text(state["id"]) ?? ""), { signal: context.signal });
  return found ? stateOf(found, state) : null;
}

async function remove(state: ObjectValue, { engine, signal }: OperationContext): Promise<void> {
  const id = text(state["id"]) ?? "";
  try {
    await engine.delete(networkPath(id), { signal });
  } catch (error) {
    if (EngineError.isNotFound(error)) return;
    await releaseEndpoints(engine, id, error);
    await engine.delete(networkPath(id), { signal });
  }
}

async function importNetwork(id: string, { engine }: OperationContext): Promise<ObjectValue> {
  const found = await engine.find<Network>(networkPath(id));
  if (found) return stateOf(found, undefined);
  throw new DiagnosticError("Network not found", `the import id must be the id or name of a network on ${engine.address}, got ${JSON.stringify(id)}`);
}

function networkPath(id: string): string {
  return `/networks/${encodeURIComponent(id)}`;
}

function inspect(engine: Engine, id: string): Promise<Network> {
  return engine.get<Network>(networkPath(id));
}

async function findByName(engine: Engine, name: string): Promise<Network | undefined> {
  // The filter matches parts of names, too.
  const found = await engine.get<Network[]>("/networks", { query: { filters: { name: [name] } } });
  const match = found.find((candidate) => candidate.Name === name);
  return match && inspect(engine, match.Id);
}

/** A network of our own is taken over as it is, or removed when it is outdated and free. */
async function meetExisting(existing: Network, planned: ObjectValue, { engine }: OperationContext): Promise<Network | undefined> {
  const wanted = labelsOf(planned);
  if (!sameIdentity(wanted, existing.Labels)) throw nameTaken({ kind: "network", name: existing.Name, id: existing.Id, since: existing.Created, labels: existing.Labels });
  if (sameConfiguration(wanted, existing.Labels)) return existing;
  const users = Object.values(existing.Containers ?? {}).map(({ Name }) => Name);
  if (users.length > 0) throw inUse(existing.Name, users);
  await engine.delete(networkPath(existing.Id));
  return undefined;
}

async function createNetwork(planned: ObjectValue, { engine, signal }: OperationContext): Promise<string> {
  const body = {
    Name: text(planned["name"]),
    // Engines before API 1.44 allow two networks of one name unless they are asked to look.
    CheckDuplicate: true,
    Driver: text(planned["driver"]) ?? "bridge",
    Internal: flag(planned["internal"]) ?? false,
    Attachable: flag(planned["attachable"]) ?? false,
    Ingress: flag(planned["ingress"]) ?? false,
    EnableIPv6: flag(planned["ipv6"]) ?? false,
    IPAM: { Driver: text(planned["ipam_driver"]) ?? "default", Options: textMap(planned["ipam_options"]), Config: blocks(planned["ipam_config"]).map(ipamConfig) },
    Options: textMap(planned["options"]),
    Labels: labelsOf(planned),
  };
  try {
    return (await engine.post<{ Id: string }>("/networks/create", { body, signal })).Id;
  } catch (error) {
    throw await explainOverlap(engine, body.IPAM.Config, error);
  }
}

function ipamConfig(block: ObjectValue): IpamConfig {
  const fields = { Subnet: text(block["subnet"]), IPRange: text(block["ip_range"]), Gateway: text(block["gateway"]) };
  const set = Object.fromEntries(Object.entries(fields).filter((entry) => entry[1]));
  return isZero(block["aux_address"] ?? null) ? set : { ...set, AuxiliaryAddresses: textMap(block["aux_address"]) };
}

/** The daemon says only that something overlaps; a user needs to know what. */
async function explainOverlap(engine: Engine, wanted: readonly IpamConfig[], error: unknown): Promise<unknown> {
  if (!(error instanceof EngineError) || !/overlaps/i.test(error.message)) return error;
  const subnets = wanted.flatMap(({ Subnet }) => (Subnet ? [Subnet] : []));
  for (const other of await engine.get<Network[]>("/networks")) {
    const taken = (other.IPAM.Config ?? []).find(({ Subnet }) => Subnet && subnets.some((subnet) => overlaps(subnet, Subnet)));
    if (taken) {
      const detail = `subnet must not overlap with another network on ${engine.address}, got ${subnets.join(", ")}, which overlaps ${taken.Subnet ?? ""} of network ${other.Name}`;
      return new DiagnosticError("Subnet is taken", detail, { path: ["ipam_config"], cause: error });
    }
  }
  return error;
}

/** Cuts off what only seems to use the network; says who really does. */
async function releaseEndpoints(engine: Engine, id: string, cause: unknown): Promise<void> {
  const found = await inspect(engine, id);
  const users = Object.entries(found.Containers ?? {});
  if (users.length === 0) throw cause;
  const running: string[] = [];
  for (const [container, { Name }] of users) {
    const state = (await engine.find<{ State: { Running: boolean } }>(`/containers/${container}/json`))?.State;
    if (state?.Running) running.push(Name);
    else await engine.post(`${networkPath(id)}/disconnect`, { body: { Container: state ? container : Name, Force: true } });
  }
  if (running.length > 0) throw inUse(found.Name, running, cause);
}

function inUse(name: string, containers: readonly string[], cause?: unknown): DiagnosticError {
  const disconnect = containers.map((container) => `\`docker network disconnect ${name} ${container}\``).join(", ");
  return new DiagnosticError("Network is in use", `network ${name} must be free to be removed, got the containers ${containers.join(", ")} on it; remove them, or run ${disconnect}`, { cause });
}

/** The daemon's view. What `prior` left open and the daemon only fills in stays open. */
function stateOf(found: Network, prior: ObjectValue | undefined): ObjectValue {
  return {
    id: found.Id,
    name: found.Name,
    driver: found.Driver,
    options: keepSubset(prior?.["options"] ?? null, found.Options ?? {}),
    internal: found.Internal,
    attachable: found.Attachable,
    ingress: found.Ingress,
    ipv6: found.EnableIPv6,
    ipam_driver: found.IPAM.Driver,
    ipam_options: found.IPAM.Options ?? {},
    ipam_config: (found.IPAM.Config ?? []).map((config) => ipamBlock(config, blocks(prior?.["ipam_config"]))),
    labels: labelBlocks(found.Labels),
    scope: found.Scope,
  };
}

// Newer engines add options of their own to those that were asked for.
function keepSubset(prior: Value, actual: Readonly<Record<string, string>>): Value {
  const asked = Object.entries(textMap(prior));
  return asked.length > 0 && asked.every(([name, value]) => actual[name] === value) ? prior : actual;
}

// Newer engines fill in the gateway and write a subnet in its shortest form.
function ipamBlock(config: IpamConfig, prior: readonly ObjectValue[]): ObjectValue {
  const match = prior.find((block) => sameSubnet(text(block["subnet"]) ?? "", config.Subnet ?? ""));
  const keep = (name: string, actual: string): Value => (match && isZero(match[name] ?? null) ? (match[name] ?? null) : actual);
  return {
    subnet: match?.["subnet"] ?? config.Subnet ?? "",
    ip_range: config.IPRange ?? "",
    gateway: keep("gateway", config.Gateway ?? ""),
    aux_address: config.AuxiliaryAddresses ?? {},
  };
}
