import { blocks, integer, text, texts, type ObjectValue } from "../value";
import type { Endpoint } from "./container-api";

const DEFAULT_MODES = ["", "bridge", "default"];

/** The network that the container is created in, or undefined when `network_mode` decides. */
export function primaryNetwork(planned: ObjectValue): string | undefined {
  const mode = text(planned["network_mode"]) ?? "bridge";
  const names = blocks(planned["networks_advanced"]).map((network) => text(network["name"]) ?? "");
  if (names.includes(mode)) return mode;
  return DEFAULT_MODES.includes(mode) ? names[0] : undefined;
}

/** Only the first network: engines before API 1.44 refuse more than one at creation. */
export function endpointConfigs(planned: ObjectValue): Record<string, Endpoint> {
  const primary = primaryNetwork(planned);
  const network = blocks(planned["networks_advanced"]).find((candidate) => text(candidate["name"]) === primary);
  return primary !== undefined && network ? { [primary]: endpointConfig(network) } : {};
}

/** The networks to connect before the start, after the one of the creation. */
export function furtherNetworks(planned: ObjectValue): ObjectValue[] {
  const primary = primaryNetwork(planned);
  return blocks(planned["networks_advanced"]).filter((network) => text(network["name"]) !== primary);
}

/** A place in a network as the daemon takes it. */
export function endpointConfig(network: ObjectValue): Endpoint {
  const priority = integer(network["gw_priority"]);
  const address = text(network["mac_address"]);
  return {
    IPAMConfig: {
      ...(text(network["ipv4_address"]) ? { IPv4Address: text(network["ipv4_address"]) ?? "" } : {}),
      ...(text(network["ipv6_address"]) ? { IPv6Address: text(network["ipv6_address"]) ?? "" } : {}),
      ...(texts(network["link_local_ips"]).length > 0 ? { LinkLocalIPs: texts(network["link_local_ips"]) } : {}),
    },
    Aliases: texts(network["aliases"]),
    DriverOpts: Object.fromEntries(texts(network["driver_opts"]).map(splitOption)),
    ...(priority ? { GwPriority: priority } : {}),
    ...(address ? { MacAddress: address } : {}),
  };
}

function splitOption(option: string): [string, string] {
  const at = option.indexOf("=");
  return at < 0 ? [option, ""] : [option.slice(0, at), option.slice(at + 1)];
}
