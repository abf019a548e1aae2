import { ofStack, type Check, type Fault } from "../check";

const MIB = 1024 ** 2;

export const memory: Check = {
  id: "HOST-MEMORY",
  severity: "error",
  owasp: ["7"],
  must: "the host must have the memory of the stack's caps",
  why: "caps that the host cannot honour let the kernel choose whom to kill",
  mend: "lower memoryMiB or replicas, set HOST_MEMORY_MIB to what the host has, or give it more",
  check: ofStack(({ memoryMiB, hostMemoryMiB = 0 }, { engine }) => {
    if (engine === undefined) return "unseen";
    const has = Math.floor(engine.info.MemTotal / MIB);
    const short = (what: string, needs: number): Fault[] =>
      needs <= has ? [] : [{ got: `${what} of ${String(needs)} MiB on a host with ${String(has)} MiB` }];
    return [...short("caps", memoryMiB), ...short("HOST_MEMORY_MIB", hostMemoryMiB)];
  }),
};
