import type { EngineInfo } from "../engine-facts";
import { ofEngine, unless, type Check } from "../check";

export const directoryType: Check = {
  id: "HOST-D-TYPE",
  severity: "error",
  must: "the data root must lie on a file system with d_type",
  why: "overlay2 cannot tell files that were deleted without it: they come back, and images cannot be removed",
  mend: "give the data root a new file system, and mount it while the engine is stopped",
  check: ofEngine(({ info }) =>
    unless(statusOf(info, "Supports d_type") !== "false", {
      got: "one without",
      commands: ["mkfs.xfs -n ftype=1 DEVICE", `mount DEVICE ${info.DockerRootDir}`],
    }),
  ),
};

/** What the driver says about itself. @returns undefined when it does not say */
export const statusOf = ({ DriverStatus }: EngineInfo, name: string): string | undefined =>
  (DriverStatus ?? []).find(([known]) => known === name)?.[1];
