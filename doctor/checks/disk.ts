import { ofStack, unless, type Check } from "../check";
import { gib } from "../file-system";

const MIB = 1024 ** 2;

export const disk: Check = {
  id: "HOST-DISK",
  severity: "error",
  owasp: ["7"],
  must: "the data root must have room for the stack's logs at their caps",
  why: "the database stops when its disk is full of logs",
  mend: "lower LOG_MAX_SIZE_MIB or LOG_MAX_FILES, or make room",
  check: ofStack(({ logMiB }, { engine, host }) => {
    const root = host?.fileSystems.get(engine?.info.DockerRootDir ?? "");
    if (root === undefined) return "unseen";
    return unless(logMiB * MIB <= root.freeBytes, {
      got: `${gib(root.freeBytes)} free for logs of up to ${gib(logMiB * MIB)}`,
      commands: ["docker system df", "docker image prune -a", "docker builder prune"],
    });
  }),
};
