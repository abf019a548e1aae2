import { Construct, type IConstruct } from "constructs";
import { TerraformStack } from "cdktf";
import { Network } from "@cdktf/provider-docker/lib/network";
import { ConstructError } from "../errors";
import { contentHash, shortHash } from "../hash";
import { identityLabels, LABEL, labelBlocks } from "../labels";
import { objectName } from "../naming";
import { IpRange } from "./ip-range";
import type { INetwork } from "./network";
import { requireSubnet, type Subnet } from "./subnet";

/** What a network of any driver is. */
export interface NetworkDeclaration {
  readonly driver: "bridge" | "ipvlan" | "macvlan" | "overlay";
  readonly internal: boolean;
  /** Options of the driver, under the engine's names. */
  readonly options: Readonly<Record<string, string>>;
  readonly ipv4?: Subnet | undefined;
  readonly ipv6?: Subnet | undefined;
  /** @default true */
  readonly interContainerCommunication?: boolean | undefined;
  /** Containers may join a network of a swarm. */
  readonly attachable?: boolean;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/**
 * A network of some driver. Nothing about a network changes in place, so its name carries a hash of its configuration: a new one stands
 * beside the old until every container has moved.
 */
export abstract class DeclaredNetwork extends Construct implements INetwork {
  readonly networkName: string;
  readonly subnets: readonly Subnet[];
  readonly scope: "local" | "swarm";
  readonly internal: boolean;
  readonly interContainerCommunication: boolean;
  private readonly resource: Network;

  /** @param declare - is called with the network, whose path is in what it throws */
  protected constructor(scope: Construct, id: string, declare: (network: IConstruct) => NetworkDeclaration) {
    super(scope, id);
    const declaration = declare(this);
    const { driver, internal, options, ipv4, ipv6, attachable, labels = {} } = declaration;
    this.scope = driver === "overlay" ? "swarm" : "local";
    this.internal = internal;
    this.interContainerCommunication = declaration.interContainerCommunication ?? true;
    this.subnets = [ipv4, ipv6].filter((subnet) => subnet !== undefined);
    refuseOverlap(this, declaration);
    // A bridge of IPv4 has the name that it had when it was the only kind.
    const settings = { driver: driver === "bridge" ? undefined : driver, internal, options, ipam: ipv4 ?? {}, ipv6, attachable, labels };
    this.networkName = objectName(this, shortHash(settings));
    this.resource = new Network(this, "Resource", {
      name: this.networkName,
      driver,
      internal,
      options,
      ...(attachable === undefined ? {} : { attachable }),
      ...(ipv6 === undefined ? {} : { ipv6: true }),
      ...(this.subnets.length === 0 ? {} : { ipamConfig: this.subnets.map(ipamConfig) }),
      labels: labelBlocks({ ...labels, ...identityLabels(this), [LABEL.config]: contentHash(settings) }),
    });
  }

  reference(from: IConstruct): string {
    return TerraformStack.of(from) === TerraformStack.of(this) ? this.resource.getStringAttribute("name") : this.networkName;
  }
}

/** An engine that is not told the gateway takes the first address of what it hands out, which is another with a range. */
const ipamConfig = ({ subnet, ipRange, gateway = ipRange && IpRange.parse(subnet)?.firstHost, reserved }: Subnet) => ({
  subnet,
  ...(gateway === undefined ? {} : { gateway }),
  ...(ipRange === undefined ? {} : { ipRange }),
  ...(reserved === undefined ? {} : { auxAddress: { ...reserved } }),
});

function refuseOverlap(network: DeclaredNetwork, { ipv4, ipv6 }: NetworkDeclaration): void {
  const siblings = TerraformStack.of(network).node.findAll().filter(isDeclared);
  for (const [family, own] of [[4, ipv4] as const, [6, ipv6] as const]) {
    if (own === undefined) continue;
    const range = requireSubnet(network, family, own);
    for (const sibling of siblings.filter((other) => other !== network)) {
      const taken = sibling.subnets.find(({ subnet }) => IpRange.parse(subnet)?.overlaps(range));
      if (taken === undefined) continue;
      const message = `subnet must not overlap ${taken.subnet} of ${sibling.node.path}, got ${own.subnet}; choose another range`;
      throw new ConstructError("SUBNET_OVERLAP", message, network);
    }
  }
}

const isDeclared = (construct: IConstruct): construct is DeclaredNetwork => construct instanceof DeclaredNetwork;
