import { staysUp } from "../rendered-container";
import { stackRule, unless } from "../rule";

export const hostMemory = stackRule({
  id: "TIERS-HOST-MEMORY",
  severity: "error",
  owasp: ["7"],
  must: "caps of all containers that stay must fit into the host's memory",
  why: "caps that the host cannot honour let the kernel choose whom to kill",
  mend: "lower memoryMiB or replicas, or raise HOST_MEMORY_MIB",
  check: ({ containers, hostMemoryMiB }) => {
    if (hostMemoryMiB === undefined) return [];
    const sum = containers.filter(staysUp).reduce((total, { attributes }) => total + (attributes.number("memory") ?? 0), 0);
    return unless(sum <= hostMemoryMiB, `${sum} MiB of HOST_MEMORY_MIB = ${hostMemoryMiB}`);
  },
});
