import type { BlockIo } from "./block-io";
import type { Ulimits } from "./ulimits";

/** What a container may use of its host beyond `memoryMiB`, `cpus` and `pidsLimit`. */
export interface Resources {
  /** Memory that the kernel leaves it when the host runs short; at least 6, at most the cap. @default - none */
  readonly reservationMiB?: number;
  /** Weight of its CPU time against its neighbours' when all want more than there is, 2 to 262144. @default - 1024 for each of `cpus` */
  readonly cpuShares?: number;
  /** The CPUs that it runs on, such as `0-2,4`; the host must have them. @default - all */
  readonly cpuset?: string;
  /** Share and bounds of the block devices. @default - none */
  readonly blockIo?: BlockIo;
  /** Bounds of each process, by their names in `ulimit`. @default - the engine's */
  readonly ulimits?: Ulimits;
  /** Kernel parameters of its own namespaces: `net.*`, `fs.mqueue.*` and those of System V IPC. @default - the kernel's */
  readonly sysctls?: Readonly<Record<string, string | number>>;
  /** Size of `/dev/shm`, which counts against the memory cap. @default - 64 */
  readonly shmMiB?: number;
  /**
   * Whom the kernel kills first when the host's memory is out: the highest of -999 to 1000. Embedded provider only. @default 0
   */
  readonly oomScore?: number;
}
