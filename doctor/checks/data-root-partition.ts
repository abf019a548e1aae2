import { ofHost, unless, type Check } from "../check";
import { ownFileSystem } from "../file-system-commands";

export const dataRootPartition: Check = {
  id: "HOST-DATA-PARTITION",
  severity: "warning",
  cis: "1.1.1",
  must: "the data root must have a file system of its own",
  why: "images, logs and volumes that grow fill the host's root file system, and then nobody can log in",
  mend: "mount one at another directory while the engine is stopped, and copy the content; a disk or logical volume may take the file's place",
  check: ofHost(({ fileSystems, rootDevice }, { engine }) => {
    const path = engine?.info.DockerRootDir ?? "";
    const root = fileSystems.get(path);
    if (root === undefined) return "unseen";
    return unless(root.device !== rootDevice, {
      got: `the root file system at ${path}`,
      commands: [...ownFileSystem("/srv/docker", root, []), `cp -a ${path}/. /srv/docker/`],
      daemon: { "data-root": "/srv/docker" },
    });
  }),
};
