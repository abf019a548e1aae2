import { ofHost, type Check } from "../check";
import { Daemon } from "../daemon";
import { movedToOwn } from "../file-system";

export const dataRootPartition: Check = {
  id: "HOST-DATA-PARTITION",
  severity: "warning",
  cis: "1.1.1",
  must: "the data root must have a file system of its own",
  why: "images, logs and volumes that grow fill the host's root file system, and then nobody can log in",
  mend: "mount one there while the engine is stopped, with the content; a disk or logical volume may take the file's place",
  check: ofHost((host, reading) => {
    const path = reading.engine?.info.DockerRootDir ?? "";
    const root = host.fileSystems.get(path);
    if (root === undefined) return "unseen";
    const daemon = Daemon.of(reading);
    const commands = daemon === undefined ? [] : movedToOwn(path, root, host, daemon);
    return root.device === host.rootDevice ? [{ got: `the root file system at ${path}`, commands }] : [];
  }),
};
