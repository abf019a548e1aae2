import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { IContainerImage } from "../images/bound-image";
import { Claims } from "../claims";
import { ConstructError } from "../errors";
import { hostPathFault } from "./host-path";
import { Job } from "../job";
import { KeptVolume } from "./kept-volume";
import { requireQuota, type Quota } from "./quota";
import type { Workload } from "../workload";

/** Where a workload's directory lies. */
export interface StoragePlace {
  /** Construct id of what is made, such as `Data`: it is part of names and state addresses. */
  readonly id: string;
  /** Absolute path in the container. */
  readonly target: string;
  /** An image with `sh`, `chown` and `chmod`, for the job that prepares the directory. */
  readonly image: IContainerImage;
}

/** Where data lives, and who owns it. */
export abstract class Storage {
  /**
   * A named volume of the host that no deploy and no destroy deletes. It belongs to the workload's user. The engine keeps a quota where its own
   * directory lies on XFS with project quotas, and refuses the volume elsewhere (its driver `local`, option `size`).
   *
   * @throws where it is used: ConstructError `STORAGE_QUOTA` for what is no whole number of MiB, and for a quota on the public provider
   */
  static volume(quota: Quota = {}): Storage {
    return new VolumeStorage(quota);
  }

  /**
   * A directory of the host. A job creates it and gives it to the workload's user, 0750; what lies in it is left alone.
   *
   * @throws where it is used: ConstructError `HOST_PATH` for a relative path, `/` and the paths of the system
   */
  static hostDirectory(path: string): Storage {
    return new HostDirectory(path);
  }

  /** Memory: gone when the container stops. It counts against the memory cap. */
  static tmpfs(sizeMiB: number): Storage {
    return new TmpfsStorage(sizeMiB);
  }

  /** Makes the storage ready and mounts it into the workload's containers. */
  abstract mountInto(scope: Construct, workload: Workload, place: StoragePlace): void;
}

const PREPARE = 'set -eu; chmod 0750 "$1"; chown "$2" "$1"';

/** A job that gives a directory to the workload's user. */
function prepare(scope: Construct, workload: Workload, { target, image }: StoragePlace): Job {
  const owner = `${String(workload.user.uid)}:${String(workload.user.gid)}`;
  const job = new Job(scope, "Prepare", {
    image,
    entrypoint: ["sh", "-c", PREPARE, "prepare"],
    command: [target, owner],
    user: { uid: 0, gid: 0 },
    capabilities: ["CAP_CHOWN", "CAP_FOWNER"],
  });
  workload.addDependency(job.container);
  return job;
}

class VolumeStorage extends Storage {
  constructor(private readonly quota: Quota) {
    super();
  }

  mountInto(scope: Construct, workload: Workload, place: StoragePlace): void {
    requireQuota(this.quota, scope);
    const parent = new Construct(scope, place.id);
    const volume = new KeptVolume(parent, "Resource", this.quota);
    const mount = volume.mountAt(place.target, false);
    // The job gets what the image has there, and the owner that the job has given it stays.
    prepare(parent, workload, place).workload.mount(mount);
    workload.mount({ ...mount, noCopy: true });
  }
}

/** Two servers that write to one directory destroy what the other wrote. */
export const PATHS = new Claims("HOST_PATH", "host directory");

class HostDirectory extends Storage {
  constructor(private readonly path: string) {
    super();
  }

  mountInto(scope: Construct, workload: Workload, place: StoragePlace): void {
    const fault = hostPathFault(this.path);
    if (fault !== undefined) throw new ConstructError("HOST_PATH", `host directory ${fault}`, scope);
    PATHS.claim(TerraformStack.of(scope), this.path, scope);
    const mount = { type: "bind", target: place.target, readOnly: false, source: this.path, reference: () => this.path } as const;
    prepare(new Construct(scope, place.id), workload, place).workload.mount({ ...mount, createHostPath: true });
    workload.mount(mount);
  }
}

class TmpfsStorage extends Storage {
  constructor(private readonly sizeMiB: number) {
    super();
  }

  mountInto(_scope: Construct, workload: Workload, { target }: StoragePlace): void {
    workload.addTmpfs(target, { sizeMiB: this.sizeMiB, owner: workload.user, mode: "0750" });
  }
}
