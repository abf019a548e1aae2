import { ofHost, unless, type Check } from "../check";
import { gib } from "../file-system";

const LEAST_BYTES = 5 * 1024 ** 3;
const LEAST_SHARE = 0.1;

export const dataRootSpace: Check = {
  id: "HOST-DATA-SPACE",
  severity: "error",
  must: "the data root must have 5 GiB and a tenth of its file system free",
  why: "a full data root stops the database and the engine itself",
  mend: "remove images that no container uses and what builds left, or give it more space",
  check: ofHost(({ fileSystems }, { engine }) => {
    const root = fileSystems.get(engine?.info.DockerRootDir ?? "");
    if (root === undefined) return "unseen";
    return unless(root.freeBytes >= LEAST_BYTES && root.freeBytes >= root.sizeBytes * LEAST_SHARE, {
      got: `${gib(root.freeBytes)} of ${gib(root.sizeBytes)}`,
      commands: ["docker system df", "docker image prune -a", "docker builder prune"],
    });
  }),
};
