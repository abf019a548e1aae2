/** What the engine says about itself and its host. */
export interface EngineFacts {
  readonly version: string;
  /** Newest and oldest version of the API that it speaks. */
  readonly api: string;
  readonly oldestApi: string;
  readonly info: EngineInfo;
  readonly networks: readonly EngineNetwork[];
  /** Those that run. */
  readonly containers: readonly EngineContainer[];
  /** Seconds that its clock is ahead of ours. */
  readonly clockAhead: number;
}

/** The part of `/info` that is judged, in the API's names. Engines leave out what they no longer know. */
export interface EngineInfo {
  readonly Driver: string;
  readonly DriverStatus?: readonly (readonly [name: string, value: string])[] | null;
  readonly DockerRootDir: string;
  readonly CgroupVersion?: string;
  readonly MemoryLimit?: boolean;
  readonly SwapLimit?: boolean;
  readonly CpuCfsQuota?: boolean;
  readonly PidsLimit?: boolean;
  readonly LoggingDriver: string;
  readonly LiveRestoreEnabled: boolean;
  readonly SecurityOptions?: readonly string[] | null;
  readonly Warnings?: readonly string[] | null;
  /** Bytes. */
  readonly MemTotal: number;
  readonly SystemTime: string;
  readonly Swarm?: { readonly LocalNodeState?: string };
}

export interface EngineNetwork {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly options: Labels;
  readonly labels: Labels;
  readonly subnets: readonly string[];
}

export interface EngineContainer {
  readonly name: string;
  readonly labels: Labels;
  readonly ports: readonly HostPort[];
}

/** A port of the host; the address is empty for all of its addresses. */
export interface HostPort {
  readonly address: string;
  readonly port: number;
}

type Labels = Readonly<Record<string, string>>;
