import type { IConstruct } from "constructs";
import { isIP } from "node:net";
import { Claims } from "../claims";
import { ConstructError } from "../errors";
import { exempt } from "../exemption";
import { IpRange } from "./ip-range";
import type { INetwork } from "./network";
import type { Subnet } from "./subnet";

/** An address where a name will not do, and why. */
export interface StaticAddress {
  /** IPv4 or IPv6. */
  readonly address: string;
  /** Why a name will not do: it stands in every report. */
  readonly because: string;
}

/** @throws ConstructError `STATIC_ADDRESS` for what is no address, and without a reason */
export function requireReason(owner: IConstruct, { address, because }: StaticAddress): void {
  if (isIP(address) === 0) fail(owner, `address must be IPv4 or IPv6, got ${JSON.stringify(address)}; use "10.20.0.9"`);
  if (because.trim() === "")
    fail(owner, `because must say why a name will not do for ${address}, got none; use an alias, or write a sentence`);
  exempt(owner, { rule: "TIERS-ADDRESS", because, about: address });
}

const ADDRESSES = new Claims("STATIC_ADDRESS", "address on a network");

/**
 * A static address lies beside what the engine hands out by itself: after a restart of the host another container would have it.
 *
 * @throws ConstructError `STATIC_ADDRESS`
 */
export function requireSeat(owner: IConstruct, network: INetwork, wanted: StaticAddress): void {
  requireReason(owner, wanted);
  const { address } = wanted;
  const place = network.subnets.find(({ subnet }) => IpRange.parse(subnet)?.holds(address));
  if (place === undefined)
    return fail(owner, `address must lie in a subnet of ${network.node.path}, got "${address}" and ${shown(network.subnets)}`);
  const { subnet, ipRange = subnet, gateway = IpRange.parse(subnet)?.firstHost } = place;
  if (address === gateway) fail(owner, `address must not be the gateway's, got "${address}"; choose another one of ${subnet}`);
  if (IpRange.parse(ipRange)?.holds(address)) {
    const advice = `ipRange: "${IpRange.parse(subnet)?.part ?? ""}" and an address of the rest`;
    fail(
      owner,
      `address must lie outside of what the engine hands out by itself on ${network.node.path}, got "${address}" in ${ipRange}; use ${advice}`,
    );
  }
  ADDRESSES.claim(network, address, owner);
}

const shown = (subnets: readonly Subnet[]): string =>
  subnets.length === 0 ? "no subnet; give the network one" : `${subnets.map(({ subnet }) => subnet).join(", ")}; choose one of these`;

function fail(owner: IConstruct, message: string): never {
  throw new ConstructError("STATIC_ADDRESS", message, owner);
}
