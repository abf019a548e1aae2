import type { Construct } from "constructs";
import { ConstructError } from "../errors";
import { DeclaredNetwork } from "./declared-network";
import { requireParent } from "./parent-interface";
import type { Subnet } from "./subnet";

export interface IpvlanNetworkProps extends Subnet {
  /** Interface of the host that leads to the LAN, such as `eth0`, or a VLAN on it, such as `eth0.20`. */
  readonly parent: string;
  /**
   * In `l2` containers are on the LAN. In `l3` the host routes to them, without broadcasts and without a gateway, and the LAN's router
   * must know the way to their subnet; `l3s` is `l3` that passes the host's firewall. @default "l2"
   */
  readonly mode?: "l2" | "l3" | "l3s";
  /** IPv6 addresses beside those of IPv4. @default - none */
  readonly ipv6?: Subnet;
  /** Labels beside the identity labels. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Containers on the host's LAN that share the MAC address of the host's interface: for switches and clouds that let one address through.
 * Otherwise as a macvlan: open to the LAN in `l2` and `l3`, and not reached by the host itself.
 *
 * @throws ConstructError `PARENT`, `SUBNET`, `GATEWAY`, `IP_RANGE`, `RESERVED`, `SUBNET_OVERLAP`
 */
export class IpvlanNetwork extends DeclaredNetwork {
  constructor(scope: Construct, id: string, { parent, mode = "l2", ipv6, labels, ...ipv4 }: IpvlanNetworkProps) {
    super(scope, id, (network) => {
      requireParent(network, parent);
      const gateway = ipv4.gateway ?? ipv6?.gateway;
      if (mode !== "l2" && gateway !== undefined)
        throw new ConstructError(
          "GATEWAY",
          `gateway must not be given in mode ${mode}, which has none, got "${gateway}"; leave it out`,
          network,
        );
      return { driver: "ipvlan", internal: false, options: { parent, ipvlan_mode: mode }, ipv4, ipv6, labels };
    });
  }
}
