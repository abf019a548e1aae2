import type { Construct, IConstruct } from "constructs";
import { DeclaredNetwork } from "./declared-network";
import { mtuOption } from "./mtu";
import { optionalSubnet, type Subnet } from "./subnet";

export interface BridgeNetworkProps extends Partial<Subnet> {
  /** IPv6 addresses beside those of IPv4. @default - none */
  readonly ipv6?: Subnet;
  /** Nothing is reachable outside of the network, and nothing can be published from it. @default true */
  readonly internal?: boolean;
  /** Largest packet in bytes, 68 to 65535. @default - the engine's, 1500 */
  readonly mtu?: number;
  /** Whether containers on the network reach each other. @default true */
  readonly interContainerCommunication?: boolean;
  /** Whether what leaves the host gets the host's address: without it containers do not reach the internet. @default true */
  readonly masquerade?: boolean;
  /** Labels beside the identity labels. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * A network on one host.
 *
 * @throws ConstructError `SUBNET`, `GATEWAY`, `IP_RANGE`, `RESERVED`, `MTU`, `SUBNET_OVERLAP`
 */
export class BridgeNetwork extends DeclaredNetwork {
  /** @default - undefined, the engine chooses */
  readonly subnet: string | undefined;

  constructor(scope: Construct, id: string, props: BridgeNetworkProps = {}) {
    const { internal = true, interContainerCommunication, ipv6, labels } = props;
    super(scope, id, (network) => ({
      driver: "bridge",
      internal,
      interContainerCommunication,
      options: driverOptions(network, props),
      ipv4: optionalSubnet(network, props),
      ipv6,
      labels,
    }));
    this.subnet = props.subnet;
  }
}

function driverOptions(network: IConstruct, props: BridgeNetworkProps): Record<string, string> {
  const { mtu, interContainerCommunication, masquerade, internal = true, gateway } = props;
  return {
    // The host has no part in an internal network, unless its address there is given.
    ...(internal && gateway === undefined ? { "com.docker.network.bridge.inhibit_ipv4": "true" } : {}),
    ...mtuOption(network, mtu),
    ...(interContainerCommunication === undefined ? {} : { "com.docker.network.bridge.enable_icc": String(interContainerCommunication) }),
    ...(masquerade === undefined ? {} : { "com.docker.network.bridge.enable_ip_masquerade": String(masquerade) }),
  };
}
