import type { HostPort } from "./engine-facts";

/** What a stack, as synthesised, asks of its host. */
export interface StackNeeds {
  readonly name: string;
  /** Memory caps of all containers that stay. */
  readonly memoryMiB: number;
  /** Memory that the host is said to have for the stack. @default - not said */
  readonly hostMemoryMiB?: number | undefined;
  /** What the logs of all containers may grow to, where that is decided. */
  readonly logMiB: number;
  readonly ports: readonly HostPort[];
  /** Ranges that its networks are given, in CIDR notation. */
  readonly subnets: readonly string[];
  /** Directories of the host that containers see. */
  readonly directories: readonly string[];
}
