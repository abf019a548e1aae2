import { ofEngine, unless, type Check } from "../check";
import { kernelParameters } from "../kernel";

export const swap: Check = {
  id: "HOST-SWAP",
  severity: "warning",
  owasp: ["7"],
  must: "the kernel must account for swap",
  why: "a container at its memory cap goes on into the host's swap, and slows its neighbours down",
  mend: "switch it on at the start of the host, or do without swap: swapoff -a",
  check: ofEngine(({ info: { SwapLimit } }) =>
    unless(SwapLimit !== false, { got: "no accounting", commands: kernelParameters("cgroup_enable=memory swapaccount=1") }),
  ),
};
