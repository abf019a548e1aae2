import { Construct } from "constructs";
import { Container } from "./container";
import type { INetwork } from "./networks/network";
import { NetworkMode } from "./networks/network-mode";
import type { StaticAddress } from "./networks/static-address";
import type { IContainerImage } from "./images/bound-image";
import { ConstructError } from "./errors";
import type { Health } from "./health";
import type { Mount } from "./storage/mount";
import { localName, objectName } from "./naming";
import type { ContainerIdentity, INamespaceHolder } from "./namespaces/namespace";
import { Workload, type ContainerOptions, type IClient } from "./workload";

export interface ServiceProps extends ContainerOptions {
  readonly image: IContainerImage;
  /** Where peers find it by its alias. @default - only where an `allowFrom` attaches it */
  readonly network?: INetwork | NetworkMode;
  /** An address on that network beside the alias, for one replica, which is then replaced in place. @default - the engine chooses */
  readonly address?: StaticAddress;
  /** Lets it onto that network though it is of another environment, such as one of staging onto the network of a database of dev. @default false */
  readonly otherEnvironment?: boolean;
  /** The name under which its network knows it; it leads to any replica. @default - the construct's id in kebab case */
  readonly alias?: string;
  /** The port that it serves. @default - none */
  readonly port?: number;
  /** Equal containers, 0 to 500. @default 1 */
  readonly replicas?: number;
  /** How the engine and a deploy know that a replica works. */
  readonly health: Health;
  /** It knows a repeated request by its `X-Request-ID`: a web tier then repeats a POST too whose replica ended. @default false */
  readonly deduplicates?: boolean;
  /** @default - none */
  readonly mounts?: readonly Mount[];
}

const MAX_REPLICAS = 500;

/**
 * Stateless replicas of any image behind one alias. A change makes new replicas, waits until they are healthy and then ends the old ones;
 * caps of memory, CPU and processes change in place.
 *
 * @throws ConstructError `REPLICAS`, `ALIAS` and those of {@link Workload}
 */
export class Service extends Construct implements IClient, INamespaceHolder {
  readonly workload: Workload;
  readonly alias: string;
  readonly port: number | undefined;
  readonly replicas: number;
  readonly network: INetwork | undefined;
  readonly deduplicates: boolean;
  private readonly containers: Container[] = [];

  constructor(scope: Construct, id: string, props: ServiceProps) {
    super(scope, id);
    this.port = props.port;
    this.network = props.network instanceof NetworkMode ? undefined : props.network;
    this.replicas = props.replicas ?? 1;
    this.deduplicates = props.deduplicates ?? false;
    this.alias = props.alias ?? localName(this);
    validate(this);
    requireOne(this, props);
    this.workload = new Workload(this, { ...props, lifetime: "service", rolling: !standsAlone(props), aliases: [this.alias] });
    for (const mount of props.mounts ?? []) this.workload.mount(mount);
    for (let replica = 1; replica <= this.replicas; replica++) this.containers.push(this.addReplica(replica));
  }

  identityOf(replica: number): ContainerIdentity {
    const container = this.containers[replica - 1];
    if (container === undefined)
      throw new ConstructError("NAMESPACE", `replica must be there, got ${String(replica)}; raise replicas`, this);
    return container.identity;
  }

  lendIpc(): void {
    this.workload.lendIpc();
  }

  private addReplica(replica: number): Container {
    const number = String(replica);
    return new Container(this, `Replica${number}`, objectName(this, number), () => this.workload.spec(replica));
  }
}

function validate(service: Service): void {
  const { replicas, alias } = service;
  if (!Number.isInteger(replicas) || replicas < 0 || replicas > MAX_REPLICAS) {
    throw new ConstructError(
      "REPLICAS",
      `replicas must be a whole number of 0 to ${String(MAX_REPLICAS)}, got ${String(replicas)}; use 2`,
      service,
    );
  }
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(alias)) {
    throw new ConstructError(
      "ALIAS",
      `alias must be a DNS label of lower-case letters, digits and "-", got ${JSON.stringify(alias)}; use "shop"`,
      service,
    );
  }
}

/** Its successor could not take the port of the host, or the address, while it has them. */
const standsAlone = ({ network, port, address }: ServiceProps): boolean =>
  address !== undefined || (network instanceof NetworkMode && network.name === "host" && port !== undefined);

function requireOne(service: Service, props: ServiceProps): void {
  const { alias, network, address, port } = props;
  if (alias !== undefined && network instanceof NetworkMode) {
    throw new ConstructError(
      "NETWORK_MODE",
      `alias must be one on a network, got "${alias}" with network mode ${network.name}; set network to a BridgeNetwork, or leave the alias out`,
      service,
    );
  }
  if (!standsAlone(props) || service.replicas <= 1) return;
  const what = address === undefined ? `port ${String(port)} of the host` : `address ${address.address}`;
  throw new ConstructError("REPLICAS", `replicas must be 1 for ${what}, got ${String(service.replicas)}; leave it out`, service);
}
