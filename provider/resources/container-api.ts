/** Shapes of the Engine API that a container's create and inspect share (API 1.41 and newer). */

export interface HealthConfig {
  readonly Test?: readonly string[] | null;
  /** Nanoseconds, as the three below. */
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly StartInterval?: number;
  readonly Retries?: number;
}

/** What runs; also the configuration of an image. */
export interface ProcessConfig {
  readonly Hostname?: string;
  readonly Domainname?: string;
  readonly User?: string;
  readonly Tty?: boolean;
  readonly OpenStdin?: boolean;
  readonly Env?: readonly string[] | null;
  readonly Cmd?: readonly string[] | null;
  readonly Entrypoint?: readonly string[] | null;
  readonly Image?: string;
  readonly Volumes?: { readonly [path: string]: object } | null;
  readonly WorkingDir?: string;
  readonly Labels?: { readonly [name: string]: string } | null;
  readonly StopSignal?: string;
  readonly StopTimeout?: number | null;
  readonly Healthcheck?: HealthConfig | null;
  readonly ExposedPorts?: { readonly [port: string]: object } | null;
  readonly MacAddress?: string;
}

export interface PortBinding {
  readonly HostIp?: string;
  readonly HostPort?: string;
}

export interface MountConfig {
  readonly Type: string;
  readonly Source?: string;
  readonly Target: string;
  readonly ReadOnly?: boolean;
  readonly BindOptions?: { readonly Propagation?: string };
  readonly TmpfsOptions?: { readonly SizeBytes?: number; readonly Mode?: number };
  readonly VolumeOptions?: {
    readonly NoCopy?: boolean;
    readonly Labels?: { readonly [name: string]: string } | null;
    readonly DriverConfig?: { readonly Name?: string; readonly Options?: { readonly [name: string]: string } | null };
    readonly Subpath?: string;
  };
}

export interface DeviceRate {
  readonly Path: string;
  readonly Rate: number;
}

/** What `POST /containers/ID/update` takes: sizes in bytes. */
export interface Limits {
  readonly Memory?: number;
  readonly MemorySwap?: number;
  readonly MemoryReservation?: number;
  readonly CpuShares?: number;
  readonly CpuPeriod?: number;
  readonly CpuQuota?: number;
  readonly CpusetCpus?: string;
  readonly PidsLimit?: number | null;
  readonly RestartPolicy?: { readonly Name?: string; readonly MaximumRetryCount?: number };
}

export interface HostConfig extends Limits {
  readonly AutoRemove?: boolean;
  readonly NanoCpus?: number;
  readonly ShmSize?: number;
  readonly NetworkMode?: string;
  readonly Binds?: readonly string[] | null;
  readonly VolumesFrom?: readonly string[] | null;
  readonly Mounts?: readonly MountConfig[] | null;
  readonly Tmpfs?: { readonly [path: string]: string } | null;
  readonly PortBindings?: { readonly [port: string]: readonly PortBinding[] | null } | null;
  readonly PublishAllPorts?: boolean;
  readonly LogConfig?: { readonly Type?: string; readonly Config?: { readonly [name: string]: string } | null };
  readonly CapAdd?: readonly string[] | null;
  readonly CapDrop?: readonly string[] | null;
  readonly Privileged?: boolean;
  readonly ReadonlyRootfs?: boolean;
  readonly SecurityOpt?: readonly string[] | null;
  readonly Sysctls?: { readonly [name: string]: string } | null;
  readonly StorageOpt?: { readonly [name: string]: string } | null;
  readonly GroupAdd?: readonly string[] | null;
  readonly Dns?: readonly string[] | null;
  readonly DnsOptions?: readonly string[] | null;
  readonly DnsSearch?: readonly string[] | null;
  readonly ExtraHosts?: readonly string[] | null;
  readonly CgroupParent?: string;
  readonly CgroupnsMode?: string;
  readonly IpcMode?: string;
  readonly PidMode?: string;
  readonly UsernsMode?: string;
  readonly UTSMode?: string;
  readonly OomScoreAdj?: number;
  readonly Init?: boolean | null;
  readonly Runtime?: string;
  readonly Ulimits?: readonly { readonly Name: string; readonly Soft: number; readonly Hard: number }[] | null;
  readonly Devices?:
    readonly { readonly PathOnHost: string; readonly PathInContainer: string; readonly CgroupPermissions: string }[] | null;
  readonly DeviceRequests?: readonly DeviceRequest[] | null;
  readonly BlkioWeight?: number;
  readonly BlkioDeviceReadBps?: readonly DeviceRate[] | null;
  readonly BlkioDeviceReadIOps?: readonly DeviceRate[] | null;
  readonly BlkioDeviceWriteBps?: readonly DeviceRate[] | null;
  readonly BlkioDeviceWriteIOps?: readonly DeviceRate[] | null;
}

export interface DeviceRequest {
  readonly Driver?: string;
  readonly Count?: number;
  readonly DeviceIDs?: readonly string[] | null;
  readonly Capabilities?: readonly (readonly string[])[] | null;
  readonly Options?: { readonly [name: string]: string } | null;
}

/** A container's place in a network. */
export interface Endpoint {
  readonly IPAMConfig?: { readonly IPv4Address?: string; readonly IPv6Address?: string; readonly LinkLocalIPs?: readonly string[] } | null;
  readonly Aliases?: readonly string[] | null;
  readonly DriverOpts?: { readonly [name: string]: string } | null;
  readonly GwPriority?: number;
  readonly MacAddress?: string;
  readonly NetworkID?: string;
  readonly Gateway?: string;
  readonly IPAddress?: string;
  readonly IPPrefixLen?: number;
  readonly IPv6Gateway?: string;
  readonly GlobalIPv6Address?: string;
  readonly GlobalIPv6PrefixLen?: number;
}

export interface CreateBody extends ProcessConfig {
  readonly HostConfig: HostConfig;
  readonly NetworkingConfig: { readonly EndpointsConfig: { readonly [network: string]: Endpoint } };
}

export interface ContainerState {
  readonly Status: string;
  readonly Running: boolean;
  readonly Paused: boolean;
  readonly Restarting: boolean;
  readonly OOMKilled: boolean;
  readonly ExitCode: number;
  readonly Error: string;
  readonly StartedAt: string;
  readonly FinishedAt: string;
  readonly Health?: {
    readonly Status: string;
    readonly FailingStreak: number;
    readonly Log?: readonly { readonly ExitCode: number; readonly Output: string }[] | null;
  };
}

/** What an image or a container is for, in the Engine API's names. */
export interface Platform {
  readonly os?: string;
  readonly architecture?: string;
  readonly variant?: string;
}

export interface ContainerInspect {
  readonly Id: string;
  /** With a leading slash. */
  readonly Name: string;
  readonly Created: string;
  /** Id of the image. */
  readonly Image: string;
  /** The operating system alone. */
  readonly Platform: string;
  /** Set by engines with the containerd image store since API 1.48. */
  readonly ImageManifestDescriptor?: { readonly platform?: Platform } | null;
  readonly RestartCount: number;
  readonly State: ContainerState;
  readonly Config: ProcessConfig;
  readonly HostConfig: HostConfig;
  readonly NetworkSettings: {
    readonly Bridge?: string;
    readonly Networks?: { readonly [network: string]: Endpoint } | null;
    readonly Ports?: { readonly [port: string]: readonly PortBinding[] | null } | null;
  };
}

export interface ImageInspect {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly RepoDigests?: readonly string[] | null;
  readonly Config?: ProcessConfig | null;
  readonly Os?: string;
  readonly Architecture?: string;
  readonly Variant?: string;
  /** Set by engines with the containerd image store since API 1.48. */
  readonly Descriptor?: object;
}
