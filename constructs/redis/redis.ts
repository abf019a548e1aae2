import { Construct } from "constructs";
import { redisRecipe } from "../../images/recipes/redis";
import { valkeyRecipe } from "../../images/recipes/valkey";
import { BridgeNetwork } from "../networks/bridge-network";
import type { IContainerImage } from "../images/bound-image";
import { letIn, type AllowFromOptions, type Server } from "../client-access";
import { ConfigVolume } from "../config-volume";
import { Container } from "../container";
import { ContainerImage } from "../images/container-image";
import { requireEngine } from "../images/image-engine";
import { ConstructError } from "../errors";
import { GeneratedSecret } from "../generated-secret";
import { Health } from "../health";
import { objectName } from "../naming";
import { Accounts } from "./accounts";
import { aclRules, type RedisGrant } from "./acl-rules";
import { keepingOf } from "./keeping";
import { redisConfig, type RedisEviction, type RedisPersistence } from "./redis-config";
import { runtimeOptions, type RuntimeOptions } from "../runtime-options";
import type { Storage } from "../storage/storage";
import { Workload, type IClient } from "../workload";

export interface RedisProps extends RuntimeOptions {
  /** At least 16; `maxmemory` is chosen below it. */
  readonly memoryMiB: number;
  /** Keeps the data. @default - a cache: nothing is written, and keys are evicted */
  readonly storage?: Storage;
  /** What is written to the storage. @default - with a storage "aof", without it "none" */
  readonly persistence?: RedisPersistence;
  /** What goes when memory is full. @default - with a storage "noeviction": writes are refused; without it "allkeys-lru" */
  readonly eviction?: RedisEviction;
  /** Whose programs run; both speak the same protocol. @default "redis" */
  readonly engine?: "redis" | "valkey";
  /** Redis 6 or Valkey 7.2 or newer that keeps the official image's contract; `readKeys` of clients need Redis 7. @default - Redis 8.0 or Valkey 8.1 from packages */
  readonly image?: IContainerImage;
  /** @default 1 */
  readonly cpus?: number;
}

/** How a client is let in at a server; with keys, channels or commands it has an account of its own. */
export interface RedisAccess extends AllowFromOptions, RedisGrant {}

const REDIS = { uid: 999, gid: 999 };
const RECIPES = { redis: redisRecipe, valkey: valkeyRecipe };
const PORT = 6379;
const LEAST_MEMORY_MIB = 16;
const SECRETS = "/run/secrets/redis";
const PASSWORD_FILE = `${SECRETS}/password`;
const CONFIG = "/etc/docker-tiers/redis.conf";

type Engine = NonNullable<RedisProps["engine"]>;

/** The password joins the configuration in memory, so that it is in no argument and no environment. */
const start = (engine: Engine): string =>
  `umask 077; { cat ${CONFIG}; printf '\\nrequirepass %s\\n' "$(cat ${PASSWORD_FILE})"; } > /run/redis/redis.conf; exec ${engine}-server /run/redis/redis.conf`;
/** With a file of accounts, which holds the digest of that password. */
const startWithAccounts = (engine: Engine): string => `exec ${engine}-server ${CONFIG} --aclfile /acl/users.acl`;
const probe = (engine: Engine): string => `printf 'AUTH %s\\nPING\\n' "$(cat ${PASSWORD_FILE})" | ${engine}-cli | grep -q PONG`;

/**
 * Redis on a network of its own, with a password: a cache, or with a storage a store that survives its container.
 *
 * @throws ConstructError `REDIS_MEMORY`, `REDIS_PERSISTENCE`, `REDIS_EVICTION`, `IMAGE_ENGINE`
 */
export class Redis extends Construct implements IClient {
  /** Name on the networks of its clients. */
  readonly host: string;
  readonly port = PORT;
  readonly network: BridgeNetwork;
  readonly workload: Workload;
  private readonly secret: GeneratedSecret;
  private readonly engine: Engine;
  private readonly image: IContainerImage;
  private readonly container: Container;
  private accounts: Accounts | undefined;

  constructor(scope: Construct, id: string, props: RedisProps) {
    super(scope, id);
    this.host = objectName(this);
    requireMemory(this, props.memoryMiB);
    this.engine = props.engine ?? "redis";
    const keeping = keepingOf(this, props.storage !== undefined, props);
    this.image = props.image ?? ContainerImage.fromPackages(RECIPES[this.engine]);
    const { image } = this;
    requireEngine(this, image, this.engine, RECIPES);
    this.network = new BridgeNetwork(this, "Network");
    this.secret = new GeneratedSecret(this, "Secret", { image, names: ["password"], user: REDIS });
    this.workload = this.server(props);
    this.workload.attach({ network: this.network, aliases: [this.host] });
    this.secret.mountInto(this.workload, SECRETS);
    const files = { "redis.conf": redisConfig(props.memoryMiB, keeping) };
    new ConfigVolume(this, "Config", { image, files }).mountInto(this.workload, "/etc/docker-tiers");
    if (props.storage === undefined) this.workload.addTmpfs("/data", { sizeMiB: 1, owner: REDIS, mode: "0700" });
    else props.storage.mountInto(this, this.workload, { id: "Data", target: "/data", image });
    this.container = new Container(this, "Resource", this.host, () => ({
      ...this.workload.spec(),
      entrypoint: ["sh", "-c", (this.accounts === undefined ? start : startWithAccounts)(this.engine)],
    }));
  }

  /**
   * Lets a client in: it gets `AS_HOST`, `AS_PORT` and `AS_PASSWORD_FILE`. With keys, channels or commands it has an account of its own, which
   * goes with it, and gets `AS_USER`; without it shares the one that may do all.
   *
   * @throws ConstructError `ALLOW_FROM_AS`, `REDIS_ACL`, `REDIS_ACCOUNT`, `OTHER_HOST`, `OTHER_ENVIRONMENT`
   */
  allowFrom(client: IClient, options: RedisAccess): void {
    const { network, host, port } = this;
    const shared = [options.keys, options.readKeys, options.channels, options.commands].every((given) => given === undefined);
    const login = shared ? this.sharedAccount(client) : this.ownAccount(client, options);
    letIn(client, options, { owner: this, network, host, port, ...login });
  }

  private sharedAccount(client: IClient): Pick<Server, "grantPassword"> {
    return { grantPassword: (directory) => this.secret.grantRead(client, "password", directory) };
  }

  private ownAccount(client: IClient, grant: RedisGrant): Pick<Server, "grantPassword" | "variables"> {
    const { image, workload, container, secret, network, host } = this;
    const rules = aclRules(client, grant);
    const accounts = (this.accounts ??= new Accounts({
      scope: this,
      image,
      user: REDIS,
      workload,
      container,
      secret,
      network,
      host,
      client: `${this.engine}-cli`,
    }));
    const variables = { USER: accounts.grant(client, rules) };
    return { variables, grantPassword: (directory) => accounts.grantPassword(client, directory) };
  }

  private server(props: RedisProps): Workload {
    return new Workload(this, {
      ...runtimeOptions(props),
      image: this.image,
      lifetime: "service",
      memoryMiB: props.memoryMiB,
      cpus: props.cpus ?? 1,
      user: REDIS,
      pidsLimit: 64,
      tmpfs: { "/run/redis": { sizeMiB: 1, owner: REDIS, mode: "0700" }, "/tmp": { sizeMiB: 1, mode: "1777" } },
      health: Health.shell(probe(this.engine), { intervalSeconds: 2, startPeriodSeconds: 30 }),
    });
  }
}

function requireMemory(redis: Redis, memoryMiB: number): void {
  if (Number.isInteger(memoryMiB) && memoryMiB >= LEAST_MEMORY_MIB) return;
  throw new ConstructError(
    "REDIS_MEMORY",
    `memoryMiB must be a whole number of at least ${String(LEAST_MEMORY_MIB)}, got ${String(memoryMiB)}; use 64`,
    redis,
  );
}
