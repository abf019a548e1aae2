import type { HealthConfig, MountConfig } from "./container-api";

/** Shapes of the Engine API that services, secrets and configs use (API 1.41 and newer). Durations are nanoseconds. */

type Names = { readonly [name: string]: string };

/** What every object of a swarm has. An update names the version that it changes. */
export interface SwarmObject {
  readonly ID: string;
  readonly Version: { readonly Index: number };
  readonly CreatedAt: string;
}

export interface FileTarget {
  readonly Name: string;
  readonly UID: string;
  readonly GID: string;
  readonly Mode: number;
}

export interface SecretReference {
  readonly SecretID: string;
  readonly SecretName: string;
  readonly File?: FileTarget;
}

export interface ConfigReference {
  readonly ConfigID: string;
  readonly ConfigName: string;
  readonly File?: FileTarget;
}

export interface Privileges {
  readonly CredentialSpec?: { readonly File?: string; readonly Registry?: string } | null;
  readonly SELinuxContext?: {
    readonly Disable?: boolean;
    readonly User?: string;
    readonly Role?: string;
    readonly Type?: string;
    readonly Level?: string;
  } | null;
}

export interface ContainerSpec {
  readonly Image?: string;
  readonly Labels?: Names | null;
  readonly Command?: readonly string[] | null;
  readonly Args?: readonly string[] | null;
  readonly Hostname?: string;
  readonly Env?: readonly string[] | null;
  readonly Dir?: string;
  readonly User?: string;
  readonly Groups?: readonly string[] | null;
  readonly Privileges?: Privileges | null;
  readonly ReadOnly?: boolean;
  readonly Init?: boolean | null;
  readonly StopSignal?: string;
  readonly StopGracePeriod?: number | null;
  readonly Healthcheck?: HealthConfig | null;
  /** `IP NAME`. */
  readonly Hosts?: readonly string[] | null;
  readonly DNSConfig?: {
    readonly Nameservers?: readonly string[] | null;
    readonly Search?: readonly string[] | null;
    readonly Options?: readonly string[] | null;
  } | null;
  readonly Mounts?: readonly MountConfig[] | null;
  readonly Secrets?: readonly SecretReference[] | null;
  readonly Configs?: readonly ConfigReference[] | null;
  readonly Isolation?: string;
  readonly Sysctls?: Names | null;
  readonly CapabilityAdd?: readonly string[] | null;
  readonly CapabilityDrop?: readonly string[] | null;
}

export interface GenericResource {
  readonly NamedResourceSpec?: { readonly Kind: string; readonly Value: string };
  readonly DiscreteResourceSpec?: { readonly Kind: string; readonly Value: number };
}

export interface Resources {
  readonly NanoCPUs?: number;
  readonly MemoryBytes?: number;
  readonly GenericResources?: readonly GenericResource[] | null;
}

export interface RestartPolicy {
  readonly Condition?: string;
  readonly Delay?: number | null;
  readonly MaxAttempts?: number | null;
  readonly Window?: number | null;
}

export interface Placement {
  readonly Constraints?: readonly string[] | null;
  readonly Preferences?: readonly { readonly Spread?: { readonly SpreadDescriptor?: string } | null }[] | null;
  readonly MaxReplicas?: number;
  readonly Platforms?: readonly { readonly Architecture?: string; readonly OS?: string }[] | null;
}

export interface NetworkAttachment {
  /** Id of the network; a name is taken, and comes back as the id. */
  readonly Target: string;
  readonly Aliases?: readonly string[] | null;
  readonly DriverOpts?: Names | null;
}

export interface TaskSpec {
  readonly ContainerSpec?: ContainerSpec | null;
  readonly Resources?: { readonly Limits?: Resources | null; readonly Reservations?: Resources | null } | null;
  readonly RestartPolicy?: RestartPolicy | null;
  readonly Placement?: Placement | null;
  readonly Networks?: readonly NetworkAttachment[] | null;
  readonly LogDriver?: { readonly Name: string; readonly Options?: Names | null } | null;
  readonly ForceUpdate?: number;
  readonly Runtime?: string;
}

export interface UpdateConfig {
  readonly Parallelism: number;
  readonly Delay?: number;
  readonly FailureAction?: string;
  readonly Monitor?: number;
  readonly MaxFailureRatio?: number;
  readonly Order?: string;
}

export interface ServicePort {
  readonly Name?: string;
  readonly Protocol?: string;
  readonly TargetPort?: number;
  readonly PublishedPort?: number;
  readonly PublishMode?: string;
}

export interface ServiceSpec {
  readonly Name: string;
  readonly Labels?: Names | null;
  readonly TaskTemplate: TaskSpec;
  readonly Mode?: { readonly Replicated?: { readonly Replicas?: number | null } | null; readonly Global?: object | null };
  readonly UpdateConfig?: UpdateConfig | null;
  readonly RollbackConfig?: UpdateConfig | null;
  readonly EndpointSpec?: { readonly Mode?: string; readonly Ports?: readonly ServicePort[] | null } | null;
}

export interface Service extends SwarmObject {
  readonly Spec: ServiceSpec;
  readonly Endpoint?: { readonly Ports?: readonly ServicePort[] | null };
  /** Of the last update; absent until it has begun. */
  readonly UpdateStatus?: { readonly State?: string; readonly StartedAt?: string; readonly Message?: string };
}

export interface Task extends SwarmObject {
  readonly Spec: TaskSpec;
  readonly ServiceID: string;
  readonly Slot?: number;
  readonly NodeID?: string;
  readonly DesiredState: string;
  readonly Status: {
    readonly Timestamp: string;
    readonly State: string;
    readonly Message?: string;
    readonly Err?: string;
    readonly ContainerStatus?: { readonly ContainerID?: string; readonly ExitCode?: number } | null;
  };
}

/** A secret, whose data never comes back, or a config. */
export interface SwarmData extends SwarmObject {
  readonly Spec: { readonly Name: string; readonly Labels?: Names | null; readonly Data?: string };
}
