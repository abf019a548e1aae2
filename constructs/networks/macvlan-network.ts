import type { Construct } from "constructs";
import { DeclaredNetwork } from "./declared-network";
import { requireParent } from "./parent-interface";
import type { Subnet } from "./subnet";

export interface MacvlanNetworkProps extends Subnet {
  /** Interface of the host that leads to the LAN, such as `eth0`, or a VLAN on it, such as `eth0.20`. */
  readonly parent: string;
  /**
   * Who reaches whom through the parent: in `bridge` containers reach each other, in `private` they do not, in `vepa` they do if the
   * switch sends their frames back, and `passthru` gives one container the parent itself. @default "bridge"
   */
  readonly mode?: "bridge" | "private" | "vepa" | "passthru";
  /** IPv6 addresses beside those of IPv4. @default - none */
  readonly ipv6?: Subnet;
  /** Labels beside the identity labels. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Containers as machines of the host's LAN, each with a MAC address of its own. Everything that they listen on is open to the LAN, past
 * the host's firewall; the host itself does not reach them. Nothing is published: they have addresses.
 *
 * @throws ConstructError `PARENT`, `SUBNET`, `GATEWAY`, `IP_RANGE`, `RESERVED`, `SUBNET_OVERLAP`
 */
export class MacvlanNetwork extends DeclaredNetwork {
  constructor(scope: Construct, id: string, { parent, mode = "bridge", ipv6, labels, ...ipv4 }: MacvlanNetworkProps) {
    super(scope, id, (network) => {
      requireParent(network, parent);
      const options = { parent, macvlan_mode: mode };
      return { driver: "macvlan", internal: false, interContainerCommunication: mode !== "private", options, ipv4, ipv6, labels };
    });
  }
}
