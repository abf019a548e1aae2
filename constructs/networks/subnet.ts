import type { IConstruct } from "constructs";
import { ConstructError } from "../errors";
import { IpRange } from "./ip-range";

/** Addresses of a network, and who hands out which of them. */
export interface Subnet {
  /** Addresses in CIDR notation from the first one, such as `10.20.0.0/24`. */
  readonly subnet: string;
  /** The way out: a router, or the host. @default - the first address */
  readonly gateway?: string;
  /** Part of the subnet, in CIDR notation, that the engine hands out by itself. @default - all of it */
  readonly ipRange?: string;
  /** Addresses that the engine never hands out, by the name of what has them. @default - none */
  readonly reserved?: Readonly<Record<string, string>>;
}

/** From there on Docker 20.10 fails with "invalid bit range" when a container takes its address. */
const FARTHEST = 2n ** 63n;

const EXAMPLE = { 4: "10.20.0.0/24", 6: "fd00:20::/64" } as const;

/**
 * Parses a subnet, and refuses what the engine would refuse later.
 *
 * @throws ConstructError `SUBNET`, `GATEWAY`, `IP_RANGE`, `RESERVED`
 */
export function requireSubnet(network: IConstruct, family: 4 | 6, { subnet, gateway, ipRange, reserved = {} }: Subnet): IpRange {
  const range = requireRange(network, "SUBNET", "subnet", family, subnet, EXAMPLE[family]);
  const fail = (code: string, message: string): never => {
    throw new ConstructError(code, message, network);
  };
  if (gateway !== undefined && !range.holds(gateway))
    fail("GATEWAY", `gateway must lie in ${subnet}, got ${JSON.stringify(gateway)}; use "${range.firstHost}"`);
  if (ipRange !== undefined) {
    const part = requireRange(network, "IP_RANGE", "ipRange", family, ipRange, range.part);
    if (!range.contains(part)) fail("IP_RANGE", `ipRange must lie in ${subnet}, got "${ipRange}"; use "${range.part}"`);
    if (range.distanceTo(part) >= FARTHEST)
      fail("IP_RANGE", `ipRange must begin within 2^63 addresses of ${subnet}, got "${ipRange}"; use "${range.part}"`);
  }
  for (const [name, address] of Object.entries(reserved)) {
    if (!range.holds(address))
      fail("RESERVED", `reserved address of ${name} must lie in ${subnet}, got ${JSON.stringify(address)}; leave it out`);
  }
  return range;
}

function requireRange(network: IConstruct, code: string, what: string, family: 4 | 6, text: string, example: string): IpRange {
  const range = IpRange.parse(text);
  if (range?.family !== family) {
    throw new ConstructError(
      code,
      `${what} must be IPv${String(family)} in CIDR notation, got ${JSON.stringify(text)}; use "${example}"`,
      network,
    );
  }
  if (range.canonical === text) return range;
  throw new ConstructError(code, `${what} must start at its first address, got "${text}"; use "${range.canonical}"`, network);
}

/**
 * The subnet among the props of a network that can do without.
 *
 * @throws ConstructError `GATEWAY`, `IP_RANGE`, `RESERVED` for what makes sense in a subnet only
 */
export function optionalSubnet(network: IConstruct, { subnet, gateway, ipRange, reserved }: Partial<Subnet>): Subnet | undefined {
  const given = {
    ...(gateway === undefined ? {} : { gateway }),
    ...(ipRange === undefined ? {} : { ipRange }),
    ...(reserved === undefined ? {} : { reserved }),
  };
  if (subnet !== undefined) return { subnet, ...given };
  for (const [code, what, got] of [
    ["GATEWAY", "gateway", gateway],
    ["IP_RANGE", "ipRange", ipRange],
    ["RESERVED", "reserved", reserved && JSON.stringify(reserved)],
  ] as const) {
    if (got !== undefined) throw new ConstructError(code, `${what} must lie in a subnet, got ${got} without one; add subnet`, network);
  }
  return undefined;
}
