import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { IContainerImage } from "./images/bound-image";
import { ConstructError } from "./errors";
import { Job } from "./job";
import { KeptVolume } from "./storage/kept-volume";
import type { Mount } from "./storage/mount";
import { objectName } from "./naming";
import type { User } from "./user";
import type { IClient, Workload } from "./workload";

export interface GeneratedSecretProps {
  /** An image with `sh`, `head`, `base64`, `sed`, `ln`, `mv`, `chown`: the owner's own, so that no further image is needed. */
  readonly image: IContainerImage;
  /** Names of the values: each is a file of this name. None, where each client gets one of its own. */
  readonly names: readonly string[];
  /** Who reads the owner's copy. */
  readonly user: User;
}

const OWNER = "/owner";
const CLIENT = "/client";

/**
 * Values are made by the first job that misses them. `ln` refuses an existing name, so that of two jobs at once the first one wins and both
 * have its value. A copy that a client still has restores a lost original.
 */
const WRITE = `set -eu
umask 0377
side=$1; owner=$2; reader=$3; shift 3
for name in "$@"; do
  if [ ! -e "/owner/$name" ]; then
    new=/owner/.new.$(head -c 9 /dev/urandom | base64 | sed 's|/|_|g')
    if [ -e "/client/$name" ]; then cat "/client/$name" > "$new"
    else printf '%s' "$(head -c 32 /dev/urandom | base64)" > "$new"; fi
    ln "$new" "/owner/$name" 2>/dev/null || [ -e "/owner/$name" ]
    rm -f "$new"
  fi
  chown "$owner" "/owner/$name"
  if [ "$side" = client ]; then
    rm -f /client/.new
    cat "/owner/$name" > /client/.new
    chown "$reader" /client/.new
    mv -f /client/.new "/client/$name"
  fi
done`;

const ids = ({ uid, gid }: User): string => `${String(uid)}:${String(gid)}`;

/** What a client was given. */
interface ClientCopy {
  readonly name: string;
  readonly volume: KeptVolume;
  readonly writer: Job;
}

/** A client's path as one id; in the same stack without the stack's own. */
function idOf({ node }: IClient, secret: GeneratedSecret): string {
  const ids = node.scopes.map((scope) => scope.node.id);
  const stack = TerraformStack.of(secret);
  return (node.scopes.includes(stack) ? ids.slice(stack.node.scopes.length) : ids.filter((id) => id !== "")).join("-");
}

/**
 * Random values that are made on the host at the first deploy and never leave it: Terraform knows the names of volumes only. Each reader has
 * a volume of its own with its own copy, mode 0400. The volumes are kept like the data that the values open.
 */
export class GeneratedSecret extends Construct {
  private readonly volume: KeptVolume;
  private readonly writer: Job | undefined;
  private readonly copies = new Map<string, ClientCopy>();
  private readonly owners = new Set<Workload>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: GeneratedSecretProps,
  ) {
    super(scope, id);
    this.volume = new KeptVolume(this, "Volume", { name: objectName(this) });
    if (props.names.length > 0) this.writer = this.write(this, "owner", props.names, props.user, []);
  }

  /** Mounts the owner's copies read-only. */
  mountInto(workload: Workload, target: string): void {
    workload.mount(this.volume.mountAt(target, true));
    if (this.writer !== undefined) workload.addDependency(this.writer.container);
    this.owners.add(workload);
  }

  /**
   * Gives a client its own copy of one value.
   *
   * @returns path of the file in the client's containers
   * @throws ConstructError `SECRET_NAME` for a value that is not in this secret, and for a second one of the same client
   */
  grantRead(client: IClient, name: string, target: string): string {
    const { names } = this.props;
    if (!names.includes(name)) {
      throw new ConstructError("SECRET_NAME", `name must be one of ${names.join(", ")}, got ${JSON.stringify(name)}`, this);
    }
    this.grant(client, name, target);
    return `${target}/${name}`;
  }

  /**
   * Gives a client a value of its own, which the owner reads as well where it has the values mounted already.
   *
   * @returns path of the file in the client's containers
   * @throws ConstructError `SECRET_NAME` for a second value of the same client
   */
  grantNew(client: IClient, name: string, target: string): string {
    const { writer } = this.grant(client, name, target);
    for (const owner of this.owners) owner.addDependency(writer.container);
    return `${target}/${name}`;
  }

  private grant(client: IClient, name: string, target: string): ClientCopy {
    const { workload } = client;
    const copy = this.copies.get(client.node.path) ?? this.copyFor(client, name);
    if (copy.name !== name) {
      throw new ConstructError("SECRET_NAME", `client must read one value, got "${copy.name}" and "${name}"; leave one out`, client);
    }
    workload.mount(copy.volume.mountAt(target, true));
    workload.addDependency(copy.writer.container);
    return copy;
  }

  private copyFor(client: IClient, name: string): ClientCopy {
    const scope = new Construct(this, idOf(client, this));
    const volume = new KeptVolume(scope, "Volume", { name: objectName(scope) });
    const writer = this.write(scope, "client", [name], client.workload.user, [volume.mountAt(CLIENT, false)]);
    const copy = { name, volume, writer };
    this.copies.set(client.node.path, copy);
    return copy;
  }

  private write(scope: Construct, side: "owner" | "client", names: readonly string[], reader: User, mounts: readonly Mount[]): Job {
    return new Job(scope, "Write", {
      image: this.props.image,
      entrypoint: ["sh", "-c", WRITE, "write"],
      command: [side, ids(this.props.user), ids(reader), ...names],
      user: { uid: 0, gid: 0 },
      capabilities: ["CAP_CHOWN", "CAP_DAC_OVERRIDE"],
      tmpfs: {},
      mounts: [this.volume.mountAt(OWNER, false), ...mounts],
    });
  }
}
