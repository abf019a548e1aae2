import type { HostPort } from "./engine-facts";

/** What files and commands of the host say. */
export interface HostFacts {
  /** Name of the user who asks. */
  readonly user: string;
  /** Programs of interest that it has. */
  readonly programs: ReadonlySet<string>;
  readonly daemons: readonly DaemonProcess[];
  /** @default - there is none at the path */
  readonly socket?: SocketFacts | undefined;
  /** By path as asked for. */
  readonly fileSystems: ReadonlyMap<string, FileSystem>;
  /** Which of the directories that were asked for exist. */
  readonly directories: ReadonlySet<string>;
  /** Device number of the root file system. */
  readonly rootDevice: string;
  readonly routes: readonly Route[];
  readonly listening: readonly HostPort[];
  /** Names of its network links. */
  readonly links: readonly string[];
  /** What `iptables-save -t filter` prints. @default - that takes root */
  readonly filter?: readonly string[] | undefined;
  /** Whether nftables has a chain at the input hook that iptables did not make. */
  readonly ownInputChain: boolean;
  /** Whether the kernel knows AppArmor, switched on or not. */
  readonly kernelHasAppArmor: boolean;
}

/** A process `dockerd`. */
export interface DaemonProcess {
  readonly pid: number;
  /** The program first. */
  readonly commandLine: readonly string[];
  /** Path of the configuration file that it reads. */
  readonly configFile: string;
  /** Text of that file: empty when there is none. @default - it may not be read */
  readonly config?: string | undefined;
}

export interface SocketFacts {
  readonly path: string;
  /** Permissions as in `chmod`. */
  readonly mode: number;
  readonly owner: string;
  readonly group: string;
  /** Users of the group. */
  readonly members: readonly string[];
}

/** The file system that a path lies on, or will when it is made. */
export interface FileSystem {
  readonly device: string;
  readonly type: string;
  /** Where it is mounted. */
  readonly mountPoint: string;
  readonly freeBytes: number;
  readonly sizeBytes: number;
  /** Such as `nodev`. */
  readonly options: readonly string[];
}

/** A way into a network that is no network of Docker's. */
export interface Route {
  readonly link: string;
  /** In CIDR notation. */
  readonly range: string;
}
