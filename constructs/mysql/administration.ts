import { Volume } from "@cdktf/provider-docker/lib/volume";
import { Construct } from "constructs";
import type { IContainerImage } from "../images/bound-image";
import type { Container } from "../container";
import type { GeneratedSecret } from "../generated-secret";
import { identityLabels, labelBlocks } from "../labels";
import { objectName } from "../naming";
import type { Mount } from "../storage/mount";
import type { User } from "../user";
import type { Workload } from "../workload";
import { ServerJob } from "../server-job";

/** The server that jobs look after. */
export interface Administered {
  readonly image: IContainerImage;
  readonly user: User;
  readonly workload: Workload;
  readonly secret: GeneratedSecret;
  /** Where the server and its jobs find the secret's files. */
  readonly secretDirectory: string;
  /** The server's own command line client. */
  readonly client: string;
  readonly container: Container;
}

const RUN = "/run/mysqld";

/**
 * Lets jobs in as root: by the server's socket, since root has no way in over a network. The socket lies in a volume in memory that takes the
 * place of the server's own directory, so the first use restarts the server once.
 */
export class Administration extends Construct {
  private readonly volume: Volume;

  constructor(
    scope: Construct,
    id: string,
    private readonly server: Administered,
  ) {
    super(scope, id);
    const { uid, gid } = server.user;
    this.volume = new Volume(this, "Volume", {
      name: objectName(this),
      driver: "local",
      driverOpts: {
        type: "tmpfs",
        device: "tmpfs",
        o: `nosuid,nodev,noexec,size=1m,mode=0755,uid=${String(uid)},gid=${String(gid)}`,
      },
      labels: labelBlocks(identityLabels(this)),
    });
    server.workload.replaceTmpfs(this.socket(false));
  }

  /** A job that finds `query`, the client with root's login, in its shell script, and its words as `$1` and so on. */
  job(scope: Construct, id: string, script: string, words: () => readonly string[]): ServerJob {
    const { image, user, secret, secretDirectory, container, client } = this.server;
    const job = new ServerJob(scope, id, { image, user, server: container, script: `${login(client, secretDirectory)}\n${script}`, words });
    job.workload.mount(this.socket(true));
    secret.mountInto(job.workload, secretDirectory);
    return job;
  }

  private socket(readOnly: boolean): Mount {
    return { type: "volume", target: RUN, readOnly, source: objectName(this), reference: () => this.volume.name };
  }
}

/** The password goes from file to file, both in memory or read-only: it is no argument and no variable of a program. */
const login = (client: string, secretDirectory: string): string => `set -eu
umask 077
printf '[client]\\nuser=root\\nsocket=${RUN}/mysqld.sock\\ndefault-character-set=utf8mb4\\npassword="%s"\\n' "$(cat ${secretDirectory}/root-password)" >/tmp/root.cnf
query() { ${client} --defaults-file=/tmp/root.cnf "$@"; }
refuse() { echo "$*" >&2; exit 1; }`;
