import { TerraformStack, type ITerraformDependable } from "cdktf";
import type { IConstruct } from "constructs";
import type { BoundImage, IContainerImage } from "./images/bound-image";
import type { Attachment, ContainerSpec, Lifetime, Upload } from "./container-spec";
import { ConstructError } from "./errors";
import type { Health } from "./health";
import { inOrder } from "./in-order";
import { namespaceFault } from "./namespaces/namespace-faults";
import { Namespace } from "./namespaces/namespace";
import type { Namespaces } from "./namespaces/namespaces";
import { resourceFault } from "./resources/resource-faults";
import type { RuntimeOptions } from "./runtime-options";
import type { Mount, Tmpfs } from "./storage/mount";
import { requireDns, type Dns } from "./networks/dns";
import { Seats, type SeatSettings } from "./networks/seats";
import { argumentFault, textFault } from "./text";
import type { User } from "./user";
import { requireCaps } from "./workload-caps";
import { requireTexts } from "./workload-texts";

/** What a container may use and do. Each default is the safe one; a prop that loosens it says so. */
export interface ContainerOptions extends RuntimeOptions {
  /** Memory cap; swap is off. At least 6. */
  readonly memoryMiB: number;
  /** CPU time as a multiple of one CPU. @default 1 */
  readonly cpus?: number;
  /** Processes and threads at most. @default 200 */
  readonly pidsLimit?: number;
  /** @default 1000:1000 */
  readonly user?: User;
  /** Environment variables. No secrets: they are seen by `docker inspect`. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default - the image's */
  readonly entrypoint?: readonly string[];
  /** @default - the image's */
  readonly command?: readonly string[];
  /** File systems in memory by path; everything else of the image is read-only. @default - `/tmp` of 16 MiB */
  readonly tmpfs?: Readonly<Record<string, Tmpfs>>;
  /** Lets the container write into its image's layer: such changes are lost with it. @default true */
  readonly readOnlyRoot?: boolean;
  /** Kernel capabilities that are given back, such as `CAP_CHOWN`. @default - none */
  readonly capabilities?: readonly string[];
  /** How it resolves names that are no aliases. @default - as the host */
  readonly dns?: Dns;
  /** Views of the kernel that it shares. @default - all its own */
  readonly namespaces?: Namespaces;
  /** @default "SIGTERM" */
  readonly stopSignal?: string;
  /** Time to end by itself after the stop signal, before it is killed. @default 10 */
  readonly stopSeconds?: number;
  /** Labels beside the identity labels. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** What a noun adds to the options of its container. */
export interface WorkloadSettings extends ContainerOptions, SeatSettings {
  readonly lifetime: Lifetime;
  readonly image: IContainerImage;
  readonly rolling?: boolean;
  /** @default 1 */
  readonly replicas?: number | undefined;
  readonly health?: Health | undefined;
  readonly port?: number | undefined;
  readonly uploads?: readonly Upload[];
}

/** A noun that runs containers and can be let in by another: `database.allowFrom(client)`. */
export interface IClient extends IConstruct {
  readonly workload: Workload;
}

const DEFAULT_TMPFS = { "/tmp": { sizeMiB: 16, mode: "1777" } } as const;

/** The containers of one noun: what they have in common, and what other nouns connect to them. */
export class Workload {
  readonly user: User;
  private readonly image: BoundImage;
  private readonly seats: Seats;
  private readonly environment = new Map<string, string>();
  private readonly mounts = new Map<string, Mount>();
  private readonly tmpfs: Map<string, Tmpfs>;
  private lendsIpc = false;
  private readonly dependencies = new Set<ITerraformDependable>();

  /**
   * @throws ConstructError `MEMORY`, `CPUS`, `PIDS_LIMIT`, `CAPABILITY`, `PORT`, `ENVIRONMENT`, `STOP_SIGNAL`, `TEXT`, `NETWORK_MODE`,
   * `STATIC_ADDRESS`, `DNS`, `OTHER_HOST`, `OTHER_ENVIRONMENT`
   */
  constructor(
    readonly owner: IConstruct,
    private readonly settings: WorkloadSettings,
  ) {
    this.user = settings.user ?? { uid: 1000, gid: 1000 };
    this.image = settings.image.bind(owner);
    this.tmpfs = new Map<string, Tmpfs>(Object.entries<Tmpfs>(settings.tmpfs ?? DEFAULT_TMPFS));
    requireCaps(owner, settings);
    requireTexts(owner, settings);
    const { resources = {}, namespaces = {} } = settings;
    const fault =
      resourceFault(resources, { memoryMiB: settings.memoryMiB, cpus: settings.cpus ?? 1 }) ??
      namespaceFault(owner, settings.replicas ?? 1, namespaces, resources);
    if (fault !== undefined) this.fail(fault.code, fault.message);
    if (namespaces.ipc instanceof Namespace) namespaces.ipc.holder.lendIpc();
    for (const [key, value] of Object.entries(settings.environment ?? {})) this.addEnvironment(key, value);
    requireDns(owner, settings.dns ?? {});
    this.seats = new Seats(owner, settings);
  }

  /**
   * Gives the containers a seat on a network; aliases of several calls for one network add up.
   *
   * @throws ConstructError `ALIAS` when peers would reach somebody else by one of them, too; `NETWORK_MODE` for one on the host's network or
   * on none; `STATIC_ADDRESS`; `OTHER_HOST` and `OTHER_ENVIRONMENT` for a network of another stack
   */
  attach(attachment: Attachment): void {
    this.seats.attach(attachment);
  }

  /** @throws ConstructError `ENVIRONMENT` for a malformed name, and for one that has another value already */
  addEnvironment(key: string, value: string): void {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key))
      this.fail("ENVIRONMENT", `variable must be letters, digits and "_", got ${JSON.stringify(key)}; rename it`);
    const fault = argumentFault(`${key}=${value}`);
    if (fault !== undefined) this.fail("ENVIRONMENT", `value of ${key} ${fault}`);
    const known = this.environment.get(key);
    if (known !== undefined && known !== value)
      this.fail(
        "ENVIRONMENT",
        `${key} must have one value, got ${JSON.stringify(known)} and ${JSON.stringify(value)}; choose another name`,
      );
    this.environment.set(key, value);
  }

  /** @throws ConstructError `MOUNT` when the path is not absolute or something is mounted there already */
  mount(mount: Mount): void {
    if (!/^(\/(?!\.{1,2}(\/|$))[^/:\0]+)+$/.test(mount.target) || textFault(mount.target) !== undefined)
      this.fail("MOUNT", `target must be an absolute path below "/", written plainly, got ${JSON.stringify(mount.target)}; use "/data"`);
    this.requireFree(mount.target);
    this.mounts.set(mount.target, mount);
  }

  /**
   * Lets another have what is mounted at a path, at the same path, after what this one waits for.
   *
   * @throws ConstructError `MOUNT` when nothing is mounted there that two can write to
   */
  shareMount(target: string, other: Workload): void {
    const mount = this.mounts.get(target);
    if (mount === undefined || mount.readOnly)
      this.fail("MOUNT", `storage at ${target} must be a volume or a directory that is written, got none; use Storage.volume()`);
    other.mount(mount);
    for (const dependency of this.dependencies) other.dependencies.add(dependency);
  }

  /** @throws ConstructError `MOUNT` when something is mounted there already */
  addTmpfs(target: string, tmpfs: Tmpfs): void {
    this.requireFree(target);
    this.tmpfs.set(target, tmpfs);
  }

  /** Puts a mount in the place of a file system in memory, so that others see what is in it. */
  replaceTmpfs(mount: Mount): void {
    this.tmpfs.delete(mount.target);
    this.mount(mount);
  }

  /**
   * What has to be there before the first container. Everything named here is created before it is replaced when this rolls. Stacks have
   * lives of their own: what is another stack's has to be deployed already.
   */
  addDependency(dependency: ITerraformDependable & IConstruct): void {
    if (TerraformStack.of(dependency) === TerraformStack.of(this.owner)) this.dependencies.add(dependency);
  }

  /** Lets others into the IPC namespace. */
  lendIpc(): void {
    this.lendsIpc = true;
  }

  /** Everything of one replica as it stands now. */
  spec(replica = 1): ContainerSpec {
    const { settings } = this;
    return {
      lifetime: settings.lifetime,
      rolling: settings.rolling ?? false,
      owner: this.owner,
      image: this.image,
      user: this.user,
      entrypoint: settings.entrypoint,
      command: settings.command,
      environment: this.environment,
      labels: settings.labels ?? {},
      attachments: this.seats.all,
      networkMode: this.seats.mode,
      dns: settings.dns ?? {},
      mounts: inOrder(this.mounts),
      tmpfs: this.tmpfs,
      uploads: settings.uploads ?? [],
      published: settings.published ?? [],
      health: settings.health,
      port: settings.port,
      log: settings.log,
      resources: settings.resources ?? {},
      namespaces: settings.namespaces ?? {},
      lendsIpc: this.lendsIpc,
      replica,
      memoryMiB: settings.memoryMiB,
      cpus: settings.cpus ?? 1,
      pidsLimit: settings.pidsLimit ?? 200,
      readOnlyRoot: settings.readOnlyRoot ?? true,
      capabilities: settings.capabilities ?? [],
      stopSignal: settings.stopSignal ?? "SIGTERM",
      stopSeconds: settings.stopSeconds ?? 10,
      dependsOn: [...this.dependencies],
    };
  }

  private requireFree(target: string): void {
    if (this.mounts.has(target) || this.tmpfs.has(target))
      this.fail("MOUNT", `one thing must be mounted at ${target}, got two; choose another path`);
  }

  private fail(code: string, message: string): never {
    throw new ConstructError(code, message, this.owner);
  }
}
