import type { IConstruct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import type { Dns } from "./networks/dns";
import type { INetwork } from "./networks/network";
import type { NetworkMode } from "./networks/network-mode";
import type { StaticAddress } from "./networks/static-address";
import type { BoundImage } from "./images/bound-image";
import type { Health } from "./health";
import type { LogDriver } from "./logs/log-driver";
import type { Mount, Tmpfs } from "./storage/mount";
import type { Namespaces } from "./namespaces/namespaces";
import type { Resources } from "./resources/resources";
import type { User } from "./user";

/** A port of the host that leads to a port of the container. */
export interface PublishedPort {
  readonly containerPort: number;
  readonly hostPort: number;
  /** Address of the host that listens. */
  readonly address: string;
}

/** A container's seat on a network. */
export interface Attachment {
  readonly network: INetwork;
  /** Names by which peers on this network find the container. */
  readonly aliases: readonly string[];
  /** @default - one that the engine chooses at each start */
  readonly address?: StaticAddress;
  /** Lets it onto a network of another environment. @default false */
  readonly otherEnvironment?: boolean;
}

/** A file that is written into a container before it starts. */
export interface Upload {
  /** Absolute path in the container. */
  readonly path: string;
  readonly contentBase64?: string;
  readonly content?: string;
}

/** How a container lives: a service is restarted and watched, a job runs once, a loader never starts. */
export type Lifetime = "service" | "job" | "loader";

/** Everything that decides what one container is, with all defaults resolved. */
export interface ContainerSpec {
  readonly lifetime: Lifetime;
  readonly image: BoundImage;
  readonly entrypoint: readonly string[] | undefined;
  readonly command: readonly string[] | undefined;
  readonly user: User;
  readonly environment: ReadonlyMap<string, string>;
  readonly labels: Readonly<Record<string, string>>;
  readonly attachments: readonly Attachment[];
  /** @default - none, unless it is attached */
  readonly networkMode: NetworkMode | undefined;
  readonly dns: Dns;
  readonly mounts: readonly Mount[];
  readonly tmpfs: ReadonlyMap<string, Tmpfs>;
  readonly uploads: readonly Upload[];
  readonly published: readonly PublishedPort[];
  readonly health: Health | undefined;
  /** The port that {@link Health.http} asks by default. */
  readonly port: number | undefined;
  /** @default - undefined: that of the stack */
  readonly log: LogDriver | undefined;
  readonly resources: Resources;
  readonly namespaces: Namespaces;
  /** Whether others share its IPC namespace. */
  readonly lendsIpc: boolean;
  /** Which one it is, from 1. */
  readonly replica: number;
  readonly memoryMiB: number;
  /** Share of one CPU that it may use at most; 0.5 is half a core. */
  readonly cpus: number;
  readonly pidsLimit: number;
  readonly readOnlyRoot: boolean;
  readonly capabilities: readonly string[];
  readonly stopSignal: string;
  readonly stopSeconds: number;
  /** Replaced by a new one first: its name carries the revision. */
  readonly rolling: boolean;
  readonly dependsOn: readonly ITerraformDependable[];
  /** Whose container it is. */
  readonly owner: IConstruct;
}
