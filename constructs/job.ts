import { Construct } from "constructs";
import { Container } from "./container";
import type { IContainerImage } from "./images/bound-image";
import type { INetwork } from "./networks/network";
import type { NetworkMode } from "./networks/network-mode";
import type { Mount } from "./storage/mount";
import { objectName } from "./naming";
import { Workload, type ContainerOptions, type IClient } from "./workload";

export interface JobProps extends Omit<ContainerOptions, "memoryMiB" | "command"> {
  readonly image: IContainerImage;
  /** Program and arguments. They are seen by `docker inspect`: no secrets. */
  readonly command: readonly string[];
  /** @default 64 */
  readonly memoryMiB?: number;
  /** @default - no network */
  readonly network?: INetwork | NetworkMode;
  /** Lets it onto that network though it is of another environment. @default false */
  readonly otherEnvironment?: boolean;
  /** @default - none */
  readonly mounts?: readonly Mount[];
}

/**
 * A container that runs once, at the first deploy and again whenever its configuration changes. The deploy waits for its end and fails with
 * its last output when the exit status is not 0. It stays on the host, so it does not run again by itself; when somebody removes it, it does:
 * let it be harmless to repeat.
 */
export class Job extends Construct implements IClient {
  readonly workload: Workload;
  /** What comes after the job depends on this. */
  readonly container: Container;

  constructor(scope: Construct, id: string, props: JobProps) {
    super(scope, id);
    this.workload = new Workload(this, { ...props, memoryMiB: props.memoryMiB ?? 64, lifetime: "job", rolling: true });
    for (const mount of props.mounts ?? []) this.workload.mount(mount);
    this.container = new Container(this, "Resource", objectName(this), () => this.workload.spec());
  }
}
