import { Token } from "cdktf";
import { blockIoFault } from "./block-io";
import { cpusOf } from "./cpuset";
import type { Fault } from "./fault";
import type { Resources } from "./resources";
import { sysctlFault } from "./sysctls";
import { ulimitFault } from "./ulimits";

/** The caps that resources have to fit. */
export interface Caps {
  readonly memoryMiB: number;
  readonly cpus: number;
}

/** @returns the first of what is wrong by itself, or together with the caps */
export function resourceFault(resources: Resources, caps: Caps): Fault | undefined {
  return (
    memoryFault(resources, caps) ??
    cpuFault(resources, caps) ??
    oomFault(resources) ??
    blockIoFault(resources.blockIo ?? {}) ??
    ulimitFault(resources.ulimits ?? {}) ??
    sysctlFault(resources.sysctls ?? {})
  );
}

const fault = (code: string, message: string): Fault => ({ code, message });
const whole = (value: number, least: number, most = Number.MAX_SAFE_INTEGER): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

function memoryFault({ reservationMiB, shmMiB }: Resources, { memoryMiB }: Caps): Fault | undefined {
  if (reservationMiB !== undefined && !whole(reservationMiB, 6)) {
    return fault("RESERVATION", `reservationMiB must be a whole number of at least 6, got ${String(reservationMiB)}; use 32`);
  }
  if (shmMiB !== undefined && !whole(shmMiB, 1)) {
    return fault("SHM", `shmMiB must be a whole number of at least 1, got ${String(shmMiB)}; use 64`);
  }
  if (Token.isUnresolved(memoryMiB)) return undefined;
  const cap = `memoryMiB = ${String(memoryMiB)}`;
  if (reservationMiB !== undefined && reservationMiB > memoryMiB) {
    return fault("RESERVATION", `reservationMiB must be at most ${cap}, got ${String(reservationMiB)}; use ${String(memoryMiB)}`);
  }
  if (shmMiB === undefined || shmMiB <= memoryMiB) return undefined;
  return fault("SHM", `shmMiB must fit into ${cap}, since it counts against it, got ${String(shmMiB)}; raise memoryMiB`);
}

function cpuFault({ cpuShares, cpuset }: Resources, { cpus }: Caps): Fault | undefined {
  if (cpuShares !== undefined && !whole(cpuShares, 2, 262_144)) {
    return fault("CPU_SHARES", `cpuShares must be a whole number of 2 to 262144, got ${String(cpuShares)}; use 1024`);
  }
  if (cpuset === undefined) return undefined;
  const named = cpusOf(cpuset);
  if (named === undefined) return fault("CPUSET", `cpuset must be a list of CPUs, got ${JSON.stringify(cpuset)}; use "0-2,4"`);
  if (cpus <= named.size) return undefined;
  return fault(
    "CPUSET",
    `cpus must be at most the ${String(named.size)} of cpuset "${cpuset}", got ${String(cpus)}; lower cpus or name more`,
  );
}

function oomFault({ oomScore }: Resources): Fault | undefined {
  if (oomScore === undefined || whole(oomScore, -999, 1000)) return undefined;
  const why = oomScore === -1000 ? ", since a process that is never killed hangs at its own cap" : "";
  return fault("OOM_SCORE", `oomScore must be a whole number of -999 to 1000${why}, got ${String(oomScore)}; use 0`);
}
