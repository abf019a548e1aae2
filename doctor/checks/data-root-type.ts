import { ofHost, unless, type Check } from "../check";
import { quoted } from "../restart";

const TYPES = ["ext4", "xfs", "btrfs"];

export const dataRootType: Check = {
  id: "HOST-DATA-TYPE",
  severity: "error",
  must: `the data root must lie on one of ${TYPES.join(", ")}`,
  why: "overlays need what network, memory and foreign file systems lack, and data in memory is gone after a restart",
  mend: "move it to such a file system, with its content, while the engine is stopped",
  check: ofHost(({ fileSystems }, { engine }) => {
    const path = engine?.info.DockerRootDir ?? "";
    const root = fileSystems.get(path);
    if (root === undefined) return "unseen";
    return unless(TYPES.includes(root.type), {
      got: `${root.type} at ${path}`,
      commands: ["mkdir -p /srv/docker", `cp -a ${quoted(path)}/. /srv/docker/`],
      daemon: { "data-root": "/srv/docker" },
    });
  }),
};
