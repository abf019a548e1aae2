import { Construct } from "constructs";
import { Container } from "./container";
import type { INetwork } from "./networks/network";
import type { IContainerImage } from "./images/bound-image";
import { ConstructError } from "./errors";
import type { Health } from "./health";
import type { Mount } from "./storage/mount";
import { localName, objectName } from "./naming";
import { Workload, type ContainerOptions, type IClient } from "./workload";

export interface ServiceProps extends ContainerOptions {
  readonly image: IContainerImage;
  /** Where peers find it by its alias. @default - only where an `allowFrom` attaches it */
  readonly network?: INetwork;
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
export class Service extends Construct implements IClient {
  readonly workload: Workload;
  readonly alias: string;
  readonly port: number | undefined;
  readonly replicas: number;
  readonly network: INetwork | undefined;
  readonly deduplicates: boolean;

  constructor(scope: Construct, id: string, props: ServiceProps) {
    super(scope, id);
    this.port = props.port;
    this.network = props.network;
    this.replicas = props.replicas ?? 1;
    this.deduplicates = props.deduplicates ?? false;
    this.alias = props.alias ?? localName(this);
    validate(this);
    this.workload = new Workload(this, { ...props, lifetime: "service", rolling: true });
    if (props.network !== undefined) this.workload.attach({ network: props.network, aliases: [this.alias] });
    for (const mount of props.mounts ?? []) this.workload.mount(mount);
    for (let replica = 1; replica <= this.replicas; replica++) this.addReplica(String(replica));
  }

  private addReplica(replica: string): void {
    new Container(this, `Replica${replica}`, objectName(this, replica), () => this.workload.spec());
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
