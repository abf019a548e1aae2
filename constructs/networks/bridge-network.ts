import type { IConstruct } from "constructs";
import { Construct } from "constructs";
import { TerraformStack } from "cdktf";
import { Network } from "@cdktf/provider-docker/lib/network";
import { ConstructError } from "../errors";
import { shortHash, contentHash } from "../hash";
import { IpRange } from "./ip-range";
import { identityLabels, LABEL, labelBlocks } from "../labels";
import { objectName } from "../naming";
import type { INetwork } from "./network";

export interface BridgeNetworkProps {
  /** Addresses in CIDR notation, such as `10.20.0.0/24`. @default - the engine takes a free range of its pools */
  readonly subnet?: string;
  /** Address of the host in the subnet. @default - the engine takes the first */
  readonly gateway?: string;
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
 * A network on one host. Nothing about a network changes in place, so its name carries a hash of its configuration: a new one stands
 * beside the old until every container has moved.
 *
 * @throws ConstructError `SUBNET`, `GATEWAY`, `MTU`, `SUBNET_OVERLAP`
 */
export class BridgeNetwork extends Construct implements INetwork {
  readonly networkName: string;
  readonly internal: boolean;
  /** @default - undefined, the engine chooses */
  readonly subnet: string | undefined;
  private readonly resource: Network;

  constructor(scope: Construct, id: string, props: BridgeNetworkProps = {}) {
    super(scope, id);
    this.internal = props.internal ?? true;
    this.subnet = props.subnet;
    validate(this, props);
    const settings = {
      internal: this.internal,
      options: driverOptions(props),
      ipam: { subnet: props.subnet, gateway: props.gateway },
      labels: props.labels ?? {},
    };
    this.networkName = objectName(this, shortHash(settings));
    this.resource = new Network(this, "Resource", {
      name: this.networkName,
      driver: "bridge",
      internal: this.internal,
      options: settings.options,
      ...(props.subnet === undefined
        ? {}
        : { ipamConfig: [{ subnet: props.subnet, ...(props.gateway === undefined ? {} : { gateway: props.gateway }) }] }),
      labels: labelBlocks({ ...settings.labels, ...identityLabels(this), [LABEL.config]: contentHash(settings) }),
    });
  }

  reference(from: IConstruct): string {
    return TerraformStack.of(from) === TerraformStack.of(this) ? this.resource.getStringAttribute("name") : this.networkName;
  }
}

function driverOptions(props: BridgeNetworkProps): Record<string, string> {
  return {
    ...(props.mtu === undefined ? {} : { "com.docker.network.driver.mtu": String(props.mtu) }),
    ...(props.interContainerCommunication === undefined
      ? {}
      : { "com.docker.network.bridge.enable_icc": String(props.interContainerCommunication) }),
    ...(props.masquerade === undefined ? {} : { "com.docker.network.bridge.enable_ip_masquerade": String(props.masquerade) }),
  };
}

function validate(network: BridgeNetwork, { subnet, gateway, mtu }: BridgeNetworkProps): void {
  if (mtu !== undefined && (!Number.isInteger(mtu) || mtu < 68 || mtu > 65535)) {
    throw new ConstructError("MTU", `mtu must be a whole number of 68 to 65535, got ${String(mtu)}; leave it out for 1500`, network);
  }
  if (subnet === undefined) {
    if (gateway !== undefined)
      throw new ConstructError("GATEWAY", `gateway must lie in a subnet, got ${gateway} without one; add subnet`, network);
    return;
  }
  const range = IpRange.parse(subnet);
  if (range === undefined) {
    throw new ConstructError("SUBNET", `subnet must be IPv4 in CIDR notation, got ${JSON.stringify(subnet)}; use "10.20.0.0/24"`, network);
  }
  if (range.canonical !== subnet) {
    throw new ConstructError("SUBNET", `subnet must start at its first address, got "${subnet}"; use "${range.canonical}"`, network);
  }
  if (gateway !== undefined && !range.holds(gateway)) {
    throw new ConstructError("GATEWAY", `gateway must lie in ${subnet}, got "${gateway}"; use "${range.firstHost}"`, network);
  }
  refuseOverlap(network, subnet, range);
}

function refuseOverlap(network: BridgeNetwork, subnet: string, range: IpRange): void {
  for (const sibling of TerraformStack.of(network).node.findAll()) {
    if (!(sibling instanceof BridgeNetwork) || sibling === network || sibling.subnet === undefined) continue;
    if (IpRange.parse(sibling.subnet)?.overlaps(range) === true) {
      throw new ConstructError(
        "SUBNET_OVERLAP",
        `subnet must not overlap ${sibling.subnet} of ${sibling.node.path}, got ${subnet}; choose another range`,
        network,
      );
    }
  }
}
