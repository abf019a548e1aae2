import { renderBlockIo } from "./block-io";
import type { Resources } from "./resources";
import { renderSysctls } from "./sysctls";
import { renderUlimits } from "./ulimits";

/** As the provider takes them; what is not given is left out. */
export function renderResources(resources: Resources): Readonly<Record<string, unknown>> {
  const { reservationMiB, cpuShares, cpuset, blockIo, ulimits, sysctls, shmMiB, oomScore } = resources;
  return {
    ...(reservationMiB === undefined ? {} : { memory_reservation: reservationMiB }),
    ...(cpuShares === undefined ? {} : { cpu_shares: cpuShares }),
    ...(cpuset === undefined ? {} : { cpu_set: cpuset }),
    ...(blockIo === undefined ? {} : renderBlockIo(blockIo)),
    ...(ulimits === undefined ? {} : { ulimit: renderUlimits(ulimits) }),
    ...(sysctls === undefined ? {} : { sysctls: renderSysctls(sysctls) }),
    ...(shmMiB === undefined ? {} : { shm_size: shmMiB }),
    ...(oomScore === undefined ? {} : { oom_score_adj: oomScore }),
  };
}
