import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ConstructError } from "../errors";
import { shortHash } from "../hash";
import { Job } from "../job";
import type { Workload } from "../workload";
import { DIRECTORY_NAME, hostPathFault } from "./host-path";
import { PREPARE_DIRECTORY } from "./prepare-directory";
import { requireQuota, type Quota } from "./quota";
import { PATHS, Storage, type StoragePlace } from "./storage";

export interface HostLayoutProps {
  /** Code and configuration: containers read it. @default "/srv/svc" */
  readonly svc?: string;
  /** Logs of applications. @default "/srv/logs" */
  readonly logs?: string;
  /** @default "/srv/data" */
  readonly data?: string;
  /**
   * Whether each is the root of a file system of its own, mounted without devices, set-uid programs and, but for svc, programs: a deploy
   * stops where one is not, such as when its disk did not come up. @default true
   */
  readonly mounted?: boolean;
}

const LAX = ["nodev", "nosuid"];
const STRICT = [...LAX, "noexec"];

/**
 * The three file systems of a host: code and configuration, logs, data. Each noun has a directory of its own in one of them, which a job
 * makes and gives to its user, over any connection to the engine; what lies in it is left alone.
 */
export class HostLayout {
  constructor(private readonly props: HostLayoutProps = {}) {}

  /** A directory that containers read: root's, 0755. */
  svc(name: string): Storage {
    return this.at({ root: this.props.svc ?? "/srv/svc", name, options: LAX, readOnly: true });
  }

  /** A directory of the workload's user, 0750. With a quota a deploy stops where the host has not capped it so. */
  logs(name: string, quota: Quota = {}): Storage {
    return this.at({ ...quota, root: this.props.logs ?? "/srv/logs", name, options: STRICT, readOnly: false });
  }

  /** A directory of the workload's user, 0750. With a quota a deploy stops where the host has not capped it so. */
  data(name: string, quota: Quota = {}): Storage {
    return this.at({ ...quota, root: this.props.data ?? "/srv/data", name, options: STRICT, readOnly: false });
  }

  private at(place: Omit<LayoutPlace, "mounted">): Storage {
    return new LayoutStorage({ ...place, mounted: this.props.mounted ?? true });
  }
}

interface LayoutPlace extends Quota {
  readonly root: string;
  readonly name: string;
  readonly options: readonly string[];
  readonly readOnly: boolean;
  readonly mounted: boolean;
}

class LayoutStorage extends Storage {
  constructor(private readonly where: LayoutPlace) {
    super();
  }

  mountInto(scope: Construct, workload: Workload, place: StoragePlace): void {
    const { root, name, readOnly } = this.where;
    requireQuota(this.where, scope);
    this.validate(scope);
    const source = `${root}/${name}`;
    if (!readOnly) PATHS.claim(TerraformStack.of(scope), source, scope);
    this.prepare(new Construct(scope, place.id), workload, place);
    // The engine refuses a directory that is missing, also when it starts the container again after a reboot: it is on the disk, not under it.
    workload.mount({ type: "bind", target: place.target, readOnly, source, reference: () => source });
  }

  private prepare(scope: Construct, workload: Workload, { image }: StoragePlace): void {
    const { root, name, options, readOnly, mounted, quotaMiB } = this.where;
    const [owner, mode] = readOnly ? ["0:0", "0755"] : [`${String(workload.user.uid)}:${String(workload.user.gid)}`, "0750"];
    const quota = quotaMiB === undefined ? [0, 0] : [quotaMiB, projectId(`${root}/${name}`)];
    const job = new Job(scope, "Prepare", {
      image,
      entrypoint: ["sh", "-c", PREPARE_DIRECTORY, "prepare"],
      command: [root, name, owner, mode, ...quota.map(String), ...(mounted ? options : [])],
      user: { uid: 0, gid: 0 },
      capabilities: ["CAP_CHOWN", "CAP_FOWNER"],
    });
    const createHostPath = !mounted;
    job.workload.mount({ type: "bind", target: "/layout", readOnly: false, createHostPath, source: root, reference: () => root });
    workload.addDependency(job.container);
  }

  private validate(scope: Construct): void {
    const { root, name } = this.where;
    const fault = hostPathFault(root);
    if (fault !== undefined) throw new ConstructError("HOST_PATH", `file system ${fault}`, scope);
    if (DIRECTORY_NAME.test(name)) return;
    throw new ConstructError(
      "HOST_PATH",
      `directory in ${root} must be one name of lower-case letters, digits, "-", "_" and ".", got ${JSON.stringify(name)}; use "mysql"`,
      scope,
    );
  }
}

/** The number that the host's quotas know a directory by: one of its own, the same in each deploy. */
const projectId = (path: string): number => Number.parseInt(shortHash(path), 16) >>> 1;
