import { EngineError, type Engine } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import { blocks, text, type ObjectValue } from "../value";
import { sameValue } from "./container-equal";
import { endpointConfig } from "./container-endpoints";

interface NetworkInspect {
  readonly Id: string;
  readonly Name: string;
}

/** The planned state with networks by their names: engines take ids for a connection, but not at creation. */
export async function withNetworkNames(engine: Engine, planned: ObjectValue): Promise<ObjectValue> {
  const networks = await Promise.all(blocks(planned["networks_advanced"]).map((network) => namedNetwork(engine, network)));
  return { ...planned, networks_advanced: networks };
}

async function namedNetwork(engine: Engine, network: ObjectValue): Promise<ObjectValue> {
  const wanted = text(network["name"]) ?? "";
  const found = await engine.find<NetworkInspect>(`/networks/${encodeURIComponent(wanted)}`);
  if (found) return { ...network, name: found.Name };
  throw new DiagnosticError(
    `Network ${wanted} is missing`,
    `networks_advanced must name a network of the engine, got ${JSON.stringify(wanted)}; create it first, or refer to its resource`,
    { path: ["networks_advanced"] },
  );
}

/** Names of the networks that a state refers to by id, for reading containers that have never run. */
export async function networkNames(engine: Engine, state: ObjectValue): Promise<Map<string, string>> {
  const ids = blocks(state["networks_advanced"])
    .map((network) => text(network["name"]) ?? "")
    .filter((name) => /^[0-9a-f]{12,64}$/.test(name));
  const found = await Promise.all(ids.map((id) => engine.find<NetworkInspect>(`/networks/${id}`)));
  return new Map(found.flatMap((network, index) => (network ? [[ids[index] ?? "", network.Name] as const] : [])));
}

/** True when two states are in the same networks in the same way, whether they name these by name or by id. */
export async function sameNetworks(engine: Engine, one: ObjectValue, other: ObjectValue): Promise<boolean> {
  const [left, right] = await Promise.all([one, other].map(async (state) => renamed(state, await networkNames(engine, state))));
  return changedNetworks(left ?? one, right ?? other).length === 0;
}

function renamed(state: ObjectValue, names: ReadonlyMap<string, string>): ObjectValue {
  const networks = blocks(state["networks_advanced"]).map((network) => {
    const name = text(network["name"]) ?? "";
    return { ...network, name: names.get(name) ?? name };
  });
  return { networks_advanced: networks };
}

/** Puts a container into a network; being there already is fine. */
export async function connect(engine: Engine, container: string, network: ObjectValue): Promise<void> {
  try {
    await engine.post(`/networks/${encodeURIComponent(text(network["name"]) ?? "")}/connect`, {
      body: { Container: container, EndpointConfig: endpointConfig(network) },
    });
  } catch (error) {
    if (error instanceof EngineError && /already exists in network/.test(error.message)) return;
    throw error;
  }
}

/** Takes a container out of a network; not being there is fine. */
export async function disconnect(engine: Engine, container: string, network: string): Promise<void> {
  try {
    await engine.post(`/networks/${encodeURIComponent(network)}/disconnect`, { body: { Container: container, Force: true } });
  } catch (error) {
    if (EngineError.isNotFound(error) || (error instanceof EngineError && /is not connected/.test(error.message))) return;
    throw error;
  }
}

/** Names of the networks in which two states differ. */
export function changedNetworks(prior: ObjectValue, planned: ObjectValue): string[] {
  const [before, after] = [byName(prior), byName(planned)];
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all].filter((name) => !sameValue(before.get(name), after.get(name)));
}

/** Brings the networks of a container from the prior to the planned ones without a restart. */
export async function mendNetworks(engine: Engine, container: string, prior: ObjectValue, planned: ObjectValue): Promise<void> {
  const [before, after] = [byName(prior), byName(planned)];
  for (const name of changedNetworks(prior, planned)) {
    if (before.has(name)) await disconnect(engine, container, name);
    const network = after.get(name);
    if (network) await connect(engine, container, network);
  }
}

function byName(state: ObjectValue): Map<string, ObjectValue> {
  return new Map(blocks(state["networks_advanced"]).map((network) => [text(network["name"]) ?? "", network]));
}
