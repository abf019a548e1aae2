import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import type { PublishedPort } from "./container-spec";
import { ConstructError } from "./errors";

/** What of a workload is a number or a name of the kernel. */
interface WorkloadCaps {
  readonly memoryMiB: number;
  readonly cpus?: number;
  readonly pidsLimit?: number;
  readonly capabilities?: readonly string[];
  readonly port?: number | undefined;
  readonly published?: readonly PublishedPort[];
  readonly stopSignal?: string;
}

/** The engine's floor is 6 MiB. */
const MINIMUM_MEMORY_MIB = 6;

/** @throws ConstructError `MEMORY`, `CPUS`, `PIDS_LIMIT`, `STOP_SIGNAL`, `CAPABILITY`, `PORT` */
export function requireCaps(
  owner: IConstruct,
  { memoryMiB, cpus = 1, pidsLimit = 200, capabilities = [], port, published = [], stopSignal = "SIGTERM" }: WorkloadCaps,
): void {
  const check = (holds: boolean, code: string, message: string): void => {
    if (!holds) throw new ConstructError(code, message, owner);
  };
  const known = (value: number): boolean => !Token.isUnresolved(value);
  const whole = (value: number, least: number, most: number): boolean =>
    !known(value) || (Number.isInteger(value) && value >= least && value <= most);
  check(
    whole(memoryMiB, MINIMUM_MEMORY_MIB, Number.MAX_SAFE_INTEGER),
    "MEMORY",
    `memoryMiB must be a whole number of at least 6, got ${String(memoryMiB)}; use 64`,
  );
  check(cpus >= 0.01 && cpus <= 1024, "CPUS", `cpus must be 0.01 to 1024, got ${String(cpus)}; use 0.5 for half a CPU`);
  check(
    whole(pidsLimit, 1, 4_194_304),
    "PIDS_LIMIT",
    `pidsLimit must be a whole number of 1 to 4194304, got ${String(pidsLimit)}; use 200`,
  );
  check(
    /^SIG[A-Z0-9]+([+-]\d+)?$/.test(stopSignal),
    "STOP_SIGNAL",
    `stopSignal must be the name of a signal, got ${JSON.stringify(stopSignal)}; use "SIGTERM"`,
  );
  for (const capability of capabilities) {
    check(
      /^CAP_[A-Z_]+$/.test(capability),
      "CAPABILITY",
      `capability must be written CAP_NAME, got ${JSON.stringify(capability)}; use "CAP_${capability.toUpperCase().replace(/^CAP_/, "")}"`,
    );
  }
  for (const value of [port, ...published.flatMap(({ containerPort, hostPort }) => [containerPort, hostPort])]) {
    check(
      value === undefined || whole(value, 1, 65535),
      "PORT",
      `port must be a whole number of 1 to 65535, got ${String(value)}; use 8080`,
    );
  }
}
