import { Construct } from "constructs";
import type { IContainerImage } from "../images/bound-image";
import { Health } from "../health";
import { NetworkMode } from "../networks/network-mode";
import { Service } from "../service";
import type { Storage } from "../storage/storage";
import type { IClient } from "../workload";
import { requireWhole, type LogFiles } from "./log-options";

export interface LogRotationProps extends LogFiles {
  /** Who writes the files. */
  readonly of: IClient;
  /** Where they lie, such as `layout.logs("shop")`. */
  readonly storage: Storage;
  /** The directory, in the writer's containers. */
  readonly target: string;
  /** An image with `sh`, `find`, `cp` and `mv`, for the container that rotates. */
  readonly image: IContainerImage;
  /** Time between two looks at the sizes. 1 to 3600. @default 10 */
  readonly intervalSeconds?: number;
}

/** Of the container's own user, whatever `/tmp` is in its image. */
const STATE = "/run/rotation";

/** A copy is whole before it has its name, and the file is emptied only then: whoever appends to it goes on at its start. */
const ROTATE = `directory=$1 kib=$2 keep=$3 pause=$4
cd ${STATE} || exit
trap 'exit 0' TERM
rotate() {
  file=$1 n=$keep
  cp -p -- "$file" "$file.tmp" || { rm -f -- "$file.tmp"; return 1; }
  while [ "$n" -gt 1 ]; do
    if [ -e "$file.$((n - 1))" ]; then mv -f -- "$file.$((n - 1))" "$file.$n"; fi
    n=$((n - 1))
  done
  mv -f -- "$file.tmp" "$file.1" || return 1
  : > "$file"
}
while :; do
  if find "$directory" -type f -name '*.log' -size "+\${kib}k" > found; then
    failed=
    while IFS= read -r found; do rotate "$found" || failed=yes; done < found
    if [ -z "$failed" ]; then touch done; else rm -f done; fi
  fi
  sleep "$pause" & wait $!
done`;

/**
 * Rotates the files `*.log` that a workload appends to, by size: a container beside it, of the same user and without a network, copies a
 * file that has grown, and empties it. Lines that are written between the two are lost.
 *
 * @throws ConstructError `LOG_DRIVER` for a size, number or time out of range; `MOUNT` for storage that two cannot share
 */
export class LogRotation extends Construct {
  constructor(scope: Construct, id: string, props: LogRotationProps) {
    super(scope, id);
    const { of, storage, target, image, maxSizeMiB = 10, maxFiles = 3, intervalSeconds = 10 } = props;
    requireWhole("maxSizeMiB", maxSizeMiB, 1, 1_048_576, 10);
    requireWhole("maxFiles", maxFiles, 2, 1000, 3);
    requireWhole("intervalSeconds", intervalSeconds, 1, 3600, 10);
    storage.mountInto(this, of.workload, { id: "Directory", target, image });
    const { workload } = new Service(this, "Rotate", {
      image,
      memoryMiB: 16,
      user: of.workload.user,
      network: NetworkMode.none(),
      tmpfs: { [STATE]: { sizeMiB: 1, owner: of.workload.user, mode: "0700" } },
      entrypoint: ["sh", "-c", ROTATE, "rotate"],
      command: [target, maxSizeMiB * 1024, maxFiles - 1, intervalSeconds].map(String),
      // It has not been able to rotate, such as on a full disk.
      health: Health.command(["test", "-e", `${STATE}/done`], { intervalSeconds: 5 }),
    });
    of.workload.shareMount(target, workload);
  }
}
