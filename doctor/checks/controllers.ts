import { ofEngine, unless, type Check } from "../check";
import { kernelParameters } from "../kernel";

export const controllers: Check = {
  id: "HOST-CONTROLLERS",
  severity: "error",
  owasp: ["7"],
  must: "the kernel must hold caps of memory, CPU and processes",
  why: "the engine takes a cap that the kernel does not hold, and one container eats the host",
  mend: "switch the controllers on at the start of the host",
  check: ofEngine(({ info: { MemoryLimit, CpuCfsQuota, PidsLimit } }) => {
    const missing = Object.entries({ memory: MemoryLimit, cpu: CpuCfsQuota, pids: PidsLimit }).flatMap(([name, has]) =>
      has === false ? [name] : [],
    );
    return unless(missing.length === 0, {
      got: `none of ${missing.join(", ")}`,
      commands: kernelParameters(["cgroup_enable=memory", "systemd.unified_cgroup_hierarchy=1"].join(" ")),
    });
  }),
};
