import { setTimeout } from "node:timers/promises";
import { EngineError, type Engine } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import { labelsOf, sameConfiguration, sameIdentity } from "../identity";
import type { OperationContext, Resource } from "../resource";
import { LABELS, type ResourceSchema } from "../schema";
import { blocks, flag, isZero, text, textMap, type ObjectValue } from "../value";
import { withoutHostBits } from "./cidr";
import { nameTaken, type NameHolder } from "./name-taken";
import { explainOverlap, networkInUse, releaseEndpoints } from "./network-conflicts";
import { planNetwork } from "./network-requirements";
import { tellAdopted, tellReplaced } from "./taken-over";
import { networkPath, networkState, type IpamConfig, type Network } from "./network-view";

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

const ALLOCATION = 5000;
const RECHECK = 50;

/** `docker_network`: everything about a network is settled when it is made. */
export const network: Resource = { schema: SCHEMA, plan: planNetwork, create, read, delete: remove, import: importNetwork };

async function create(planned: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  const name = text(planned["name"]) ?? "";
  const existing = await findByName(context, name);
  const adopted = existing && (await meetExisting(existing, planned, context));
  const id = adopted?.Id ?? (await createNetwork(planned, context));
  context.checkpoint({ ...planned, id });
  return networkState(await allocated(context, id), planned);
}

async function read(state: ObjectValue, context: OperationContext): Promise<ObjectValue | null> {
  const found = await context.engine.find<Network>(networkPath(text(state["id"]) ?? ""), { signal: context.signal });
  return found ? networkState(found, state) : null;
}

async function remove(state: ObjectValue, { engine }: OperationContext): Promise<void> {
  const id = text(state["id"]) ?? "";
  try {
    await engine.delete(networkPath(id));
  } catch (error) {
    if (EngineError.isNotFound(error)) return;
    await releaseEndpoints(engine, id, error);
    await engine.delete(networkPath(id));
  }
}

async function importNetwork(id: string, { engine }: OperationContext): Promise<ObjectValue> {
  const found = await engine.find<Network>(networkPath(id));
  if (found) return networkState(found, undefined);
  throw new DiagnosticError(
    "Network not found",
    `the import id must be the id or name of a network on ${engine.address}, got ${JSON.stringify(id)}`,
  );
}

function inspect(engine: Engine, id: string): Promise<Network> {
  return engine.get<Network>(networkPath(id));
}

/** A swarm gives its networks their addresses a moment later. */
async function allocated({ engine, signal }: OperationContext, id: string): Promise<Network> {
  const deadline = Date.now() + ALLOCATION;
  for (;;) {
    const found = await inspect(engine, id);
    const waits = found.Scope === "swarm" && (found.IPAM.Config ?? []).length === 0;
    if (!waits || signal.aborted || Date.now() > deadline) return found;
    await setTimeout(RECHECK);
  }
}

async function findByName({ engine, signal }: OperationContext, name: string): Promise<Network | undefined> {
  // The filter matches parts of names, too.
  const found = await engine.get<Network[]>("/networks", { query: { filters: { name: [name] } }, signal });
  const match = found.find((candidate) => candidate.Name === name);
  return match && inspect(engine, match.Id);
}

/** A network of our own is taken over as it is, or removed when it is outdated and free. */
async function meetExisting(existing: Network, planned: ObjectValue, context: OperationContext): Promise<Network | undefined> {
  const wanted = labelsOf(planned);
  const holder: NameHolder = { kind: "network", name: existing.Name, id: existing.Id, since: existing.Created, labels: existing.Labels };
  if (!sameIdentity(wanted, existing.Labels)) throw nameTaken(holder, wanted);
  if (sameConfiguration(wanted, existing.Labels)) {
    tellAdopted(context, holder);
    return existing;
  }
  const users = Object.values(existing.Containers ?? {}).map(({ Name }) => Name);
  if (users.length > 0) throw networkInUse(existing.Name, users);
  await context.engine.delete(networkPath(existing.Id));
  tellReplaced(context, holder);
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
    IPAM: {
      Driver: text(planned["ipam_driver"]) ?? "default",
      Options: textMap(planned["ipam_options"]),
      Config: blocks(planned["ipam_config"]).map(ipamConfig),
    },
    Options: textMap(planned["options"]),
    Labels: labelsOf(planned),
  };
  // From here on the answer is awaited, whatever happens: an aborted request would leave a network that nobody knows.
  signal.throwIfAborted();
  try {
    return (await engine.post<{ Id: string }>("/networks/create", { body })).Id;
  } catch (error) {
    throw await explainOverlap(engine, body.IPAM.Config, error);
  }
}

// Engines since API 1.48 refuse host bits, older ones clear them.
function ipamConfig(block: ObjectValue): IpamConfig {
  const subnet = (name: string): string => withoutHostBits(text(block[name]) ?? "");
  const fields = { Subnet: subnet("subnet"), IPRange: subnet("ip_range"), Gateway: text(block["gateway"]) };
  const set = Object.fromEntries(Object.entries(fields).filter((entry) => entry[1]));
  return isZero(block["aux_address"] ?? null) ? set : { ...set, AuxiliaryAddresses: textMap(block["aux_address"]) };
}
