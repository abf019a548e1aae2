import { labelBlocks } from "../identity";
import { blocks, isZero, text, textMap, type ObjectValue, type Value } from "../value";
import { sameSubnet } from "./cidr";

/** Addresses of a network, as the Engine API has them. */
export interface IpamConfig {
  readonly Subnet?: string;
  readonly IPRange?: string;
  readonly Gateway?: string;
  readonly AuxiliaryAddresses?: Readonly<Record<string, string>>;
}

/** A container on a network, as the Engine API has it. */
export interface NetworkMember {
  readonly Name: string;
  readonly EndpointID?: string;
  readonly MacAddress?: string;
  /** With the length of its prefix, `172.20.0.2/16`. */
  readonly IPv4Address?: string;
  readonly IPv6Address?: string;
}

/** A network, as the Engine API has it. */
export interface Network {
  readonly Id: string;
  readonly Name: string;
  readonly Created: string;
  readonly Scope: string;
  readonly Driver: string;
  readonly EnableIPv6: boolean;
  readonly Internal: boolean;
  readonly Attachable: boolean;
  readonly Ingress: boolean;
  readonly IPAM: {
    readonly Driver: string;
    readonly Options: Readonly<Record<string, string>> | null;
    readonly Config: readonly IpamConfig[] | null;
  };
  readonly Options: Readonly<Record<string, string>> | null;
  readonly Labels: Readonly<Record<string, string>> | null;
  readonly Containers?: Readonly<Record<string, NetworkMember>>;
}

/** Path of a network in the Engine API. */
export function networkPath(id: string): string {
  return `/networks/${encodeURIComponent(id)}`;
}

/** The daemon's view. What `prior` left open and the daemon only fills in stays open. */
export function networkState(found: Network, prior: ObjectValue | undefined): ObjectValue {
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
    ip_range: sameSubnet(text(match?.["ip_range"]) ?? "", config.IPRange ?? "") ? (match?.["ip_range"] ?? "") : (config.IPRange ?? ""),
    gateway: keep("gateway", config.Gateway ?? ""),
    aux_address: config.AuxiliaryAddresses ?? {},
  };
}
