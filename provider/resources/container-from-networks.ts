import { blocks, text, texts, type ObjectValue, type Value } from "../value";
import type { Endpoint } from "./container-api";
import type { ContainerView } from "./container-view";

const BUILT_IN = ["", "default", "bridge", "host", "none"];
const SHORT_ID = 12;

/** Networks, their addresses, and the mode. */
export function networkState(view: ContainerView): ObjectValue {
  const entries = Object.entries(view.inspect.NetworkSettings.Networks ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    bridge: view.inspect.NetworkSettings.Bridge ?? "",
    network_mode: networkMode(view),
    networks_advanced: networkBlocks(view, entries),
    network_data: entries.map(([name, endpoint]) => addresses(name, endpoint)),
  };
}

function addresses(name: string, endpoint: Endpoint): ObjectValue {
  return {
    network_name: name,
    gateway: endpoint.Gateway ?? "",
    ip_address: endpoint.IPAddress ?? "",
    ip_prefix_length: endpoint.IPPrefixLen ?? 0,
    ipv6_gateway: endpoint.IPv6Gateway ?? "",
    global_ipv6_address: endpoint.GlobalIPv6Address ?? "",
    global_ipv6_prefix_length: endpoint.GlobalIPv6PrefixLen ?? 0,
    mac_address: endpoint.MacAddress ?? "",
  };
}

/** A container that was created inside one of its networks has that network for its mode on the daemon. */
function networkMode({ inspect, prior }: ContainerView): string {
  const actual = inspect.HostConfig.NetworkMode ?? "";
  const before = text(prior["network_mode"]);
  if (BUILT_IN.slice(0, 3).includes(actual)) return "bridge";
  if (BUILT_IN.includes(actual) || actual.startsWith("container:") || actual === before) return actual;
  return before === undefined || before === "bridge" ? "bridge" : actual;
}

function networkBlocks(view: ContainerView, entries: readonly [string, Endpoint][]): ObjectValue[] {
  const before = blocks(view.prior["networks_advanced"]);
  const find = (name: string, endpoint: Endpoint) => before.find((network) => names(view, network, name, endpoint));
  const joined = entries.filter(([name, endpoint]) => find(name, endpoint) !== undefined || !isBase(view, name));
  return joined.map(([name, endpoint]) => networkBlock(view, name, endpoint, find(name, endpoint)));
}

function names(view: ContainerView, network: ObjectValue, name: string, endpoint: Endpoint): boolean {
  const wanted = text(network["name"]) ?? "";
  if (wanted === name || wanted === endpoint.NetworkID) return true;
  return view.networkNames?.get(wanted) === name;
}

/** The network that comes with the mode, rather than by `networks_advanced`. */
function isBase({ inspect, prior }: ContainerView, name: string): boolean {
  const mode = inspect.HostConfig.NetworkMode ?? "";
  if (BUILT_IN.slice(0, 3).includes(mode)) return name === "bridge";
  if (BUILT_IN.includes(mode)) return name === mode;
  return name === mode && text(prior["network_mode"]) === mode;
}

/** Ids of a swarm's networks are no hexadecimal digits, and an engine shows an address that the swarm chose as if it had been asked for. */
function configuredAddress({ NetworkID = "" }: Endpoint, shown: string | undefined, prior: Value | undefined): string {
  const chosen = /^[0-9a-z]{25}$/.test(NetworkID) && !text(prior);
  return chosen ? "" : (shown ?? "");
}

function networkBlock({ inspect }: ContainerView, name: string, endpoint: Endpoint, prior: ObjectValue | undefined): ObjectValue {
  // The daemon adds these by itself.
  const added = [inspect.Id.slice(0, SHORT_ID), inspect.Config.Hostname ?? ""];
  const before = texts(prior?.["aliases"]);
  const aliases = (endpoint.Aliases ?? []).filter((alias) => before.includes(alias) || !added.includes(alias));
  return {
    name: text(prior?.["name"]) ?? name,
    aliases,
    driver_opts: Object.entries(endpoint.DriverOpts ?? {}).map(([option, value]) => `${option}=${value}`),
    gw_priority: endpoint.GwPriority ?? 0,
    ipv4_address: configuredAddress(endpoint, endpoint.IPAMConfig?.IPv4Address, prior?.["ipv4_address"]),
    ipv6_address: configuredAddress(endpoint, endpoint.IPAMConfig?.IPv6Address, prior?.["ipv6_address"]),
    link_local_ips: endpoint.IPAMConfig?.LinkLocalIPs ?? [],
    // Without a configured address the daemon's choice is not reported.
    mac_address: text(prior?.["mac_address"]) ? endpoint.MacAddress || (inspect.Config.MacAddress ?? "") : "",
  };
}
