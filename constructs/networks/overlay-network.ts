import type { Construct, IConstruct } from "constructs";
import { ConstructError } from "../errors";
import { DeclaredNetwork } from "./declared-network";
import { mtuOption } from "./mtu";
import { optionalSubnet, type Subnet } from "./subnet";

/** Without a subnet the swarm takes a free range of its pool. */
export interface OverlayNetworkProps extends Partial<Subnet> {
  /** Nothing is reachable outside of the network, and nothing can be published from it. @default true */
  readonly internal?: boolean;
  /** Whether containers may join, beside the tasks of the swarm's services. @default true */
  readonly attachable?: boolean;
  /** Whether packets between hosts are encrypted, by IPsec ESP. @default true */
  readonly encrypted?: boolean;
  /** VXLAN network identifier, 1 to 16777215. @default - the swarm's choice */
  readonly vxlanId?: number;
  /** Largest packet in bytes, 68 to 65535. @default - the engine's: 1450, encrypted 1424 */
  readonly mtu?: number;
  /** Labels beside the identity labels. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

const LAST_VXLAN_ID = 16_777_215;

/**
 * A network that spans the hosts of a swarm, over VXLAN. The provider's host is a manager of the swarm.
 *
 * @throws ConstructError `VXLAN_ID`, `SUBNET`, `GATEWAY`, `IP_RANGE`, `RESERVED`, `MTU`, `SUBNET_OVERLAP`
 */
export class OverlayNetwork extends DeclaredNetwork {
  constructor(scope: Construct, id: string, props: OverlayNetworkProps = {}) {
    const { internal = true, attachable = true, labels } = props;
    super(scope, id, (network) => ({
      driver: "overlay",
      internal,
      attachable,
      options: driverOptions(network, props),
      ipv4: optionalSubnet(network, props),
      labels,
    }));
  }
}

function driverOptions(network: IConstruct, { encrypted = true, vxlanId, mtu }: OverlayNetworkProps): Record<string, string> {
  if (vxlanId !== undefined && !(Number.isInteger(vxlanId) && vxlanId >= 1 && vxlanId <= LAST_VXLAN_ID)) {
    throw new ConstructError(
      "VXLAN_ID",
      `vxlanId must be a whole number of 1 to ${String(LAST_VXLAN_ID)}, got ${String(vxlanId)}; leave it out for the swarm's choice`,
      network,
    );
  }
  return {
    ...mtuOption(network, mtu),
    // The engine looks at whether it is there, not at what it says.
    ...(encrypted ? { encrypted: "" } : {}),
    ...(vxlanId === undefined ? {} : { "com.docker.network.driver.overlay.vxlanid_list": String(vxlanId) }),
  };
}
