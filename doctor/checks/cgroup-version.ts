import { ofEngine, unless, type Check } from "../check";
import { kernelParameters } from "../kernel";

export const cgroupVersion: Check = {
  id: "HOST-CGROUP",
  severity: "note",
  cis: "2.10",
  must: "control groups must be of version 2",
  why: "version 1 holds the same caps, but kernels and distributions give it up",
  mend: "let the host start with version 2",
  check: ofEngine(({ info: { CgroupVersion = "1" } }) =>
    unless(CgroupVersion === "2", { got: `version ${CgroupVersion}`, commands: kernelParameters("systemd.unified_cgroup_hierarchy=1") }),
  ),
};
