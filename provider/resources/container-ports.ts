import { blocks, integer, text, type ObjectValue } from "../value";
import type { ContainerInspect, PortBinding } from "./container-api";
import { equalPorts } from "./container-equal";

type Bindings = { readonly [port: string]: readonly PortBinding[] | null };

const EVERY_ADDRESS = "0.0.0.0";

/** `8080/tcp`. */
export function portKey(port: ObjectValue): string {
  return `${integer(port["internal"]) ?? 0}/${text(port["protocol"]) ?? "tcp"}`;
}

/** What the daemon is asked to publish. */
export function portBindings(planned: ObjectValue): Record<string, PortBinding[]> {
  const bindings: Record<string, PortBinding[]> = {};
  for (const port of blocks(planned["ports"])) {
    const external = integer(port["external"]);
    const binding = { HostIp: text(port["ip"]) ?? EVERY_ADDRESS, HostPort: external ? String(external) : "" };
    (bindings[portKey(port)] ??= []).push(binding);
  }
  return bindings;
}

/** The published ports of a container: as before when that is still true, else sorted by port. */
export function portBlocks(inspect: ContainerInspect, prior: ObjectValue): readonly ObjectValue[] {
  const before = blocks(prior["ports"]);
  const published = bindingsOf(inspect.HostConfig.PortBindings ?? {}).map((port) => withHostPort(port, inspect, before));
  return equalPorts([...before], published) ? before : published;
}

function bindingsOf(bindings: Bindings): ObjectValue[] {
  const ports = Object.entries(bindings).flatMap(([key, list]) => (list ?? []).map((binding) => portBlock(key, binding)));
  return ports.sort((a, b) => Number(a["internal"]) - Number(b["internal"]) || portKey(a).localeCompare(portKey(b)));
}

function portBlock(key: string, binding: PortBinding): ObjectValue {
  const [internal = "", protocol = "tcp"] = key.split("/");
  return { internal: Number(internal), external: Number(binding.HostPort ?? 0), ip: binding.HostIp || EVERY_ADDRESS, protocol };
}

/** Where the daemon was left the choice, its choice; of a stopped container the one it had before. */
function withHostPort(port: ObjectValue, inspect: ContainerInspect, before: readonly ObjectValue[]): ObjectValue {
  if (port["external"] !== 0) return port;
  const actual = inspect.NetworkSettings.Ports?.[portKey(port)] ?? [];
  const chosen = actual.find((binding) => (binding.HostIp || EVERY_ADDRESS) === port["ip"]) ?? actual[0];
  const known = before.find((other) => portKey(other) === portKey(port) && other["ip"] === port["ip"]);
  return { ...port, external: chosen ? Number(chosen.HostPort) : (known?.["external"] ?? 0) };
}
