import { ofHost, type Check } from "../check";
import { Daemon } from "../daemon";
import { movedToOwn } from "../file-system";

const TYPES = ["ext4", "xfs", "btrfs"];

export const dataRootType: Check = {
  id: "HOST-DATA-TYPE",
  severity: "error",
  must: `the data root must lie on one of ${TYPES.join(", ")}`,
  why: "overlays need what network, memory and foreign file systems lack, and data in memory is gone after a restart",
  mend: "mount such a file system there while the engine is stopped, with the content; a disk or logical volume may take the file's place",
  check: ofHost((host, reading) => {
    const path = reading.engine?.info.DockerRootDir ?? "";
    const root = host.fileSystems.get(path);
    if (root === undefined) return "unseen";
    const daemon = Daemon.of(reading);
    const commands = daemon === undefined ? [] : movedToOwn(path, root, host, daemon);
    return TYPES.includes(root.type) ? [] : [{ got: `${root.type} at ${path}`, commands }];
  }),
};
