import { Construct } from "constructs";
import { redisRecipe } from "../../images/recipes/redis";
import { BridgeNetwork } from "../networks/bridge-network";
import type { IContainerImage } from "../images/bound-image";
import { letIn, type AllowFromOptions } from "../client-access";
import { ConfigVolume } from "../config-volume";
import { Container } from "../container";
import { ContainerImage } from "../images/container-image";
import { ConstructError } from "../errors";
import { GeneratedSecret } from "../generated-secret";
import { Health } from "../health";
import { objectName } from "../naming";
import { redisConfig } from "./redis-config";
import { runtimeOptions, type RuntimeOptions } from "../runtime-options";
import type { Storage } from "../storage/storage";
import { Workload, type IClient } from "../workload";

export interface RedisProps extends RuntimeOptions {
  /** At least 16; `maxmemory` is chosen below it. */
  readonly memoryMiB: number;
  /** Keeps the data by an append-only file. @default - a cache: nothing is written, the least recently used keys are evicted */
  readonly storage?: Storage;
  /** Redis 6 or newer that keeps the official image's contract. @default - 8.0 from packages */
  readonly image?: IContainerImage;
  /** @default 1 */
  readonly cpus?: number;
}

const REDIS = { uid: 999, gid: 999 };
const PORT = 6379;
const LEAST_MEMORY_MIB = 16;
const PASSWORD_FILE = "/run/secrets/redis/password";
const CONFIG = "/etc/docker-tiers/redis.conf";

/** The password joins the configuration in memory, so that it is in no argument and no environment. */
const START = `umask 077; { cat ${CONFIG}; printf '\\nrequirepass %s\\n' "$(cat ${PASSWORD_FILE})"; } > /run/redis/redis.conf; exec redis-server /run/redis/redis.conf`;
const PROBE = `printf 'AUTH %s\\nPING\\n' "$(cat ${PASSWORD_FILE})" | redis-cli | grep -q PONG`;

/**
 * Redis on a network of its own, with a password: a cache, or with a storage a store that survives its container.
 *
 * @throws ConstructError `REDIS_MEMORY`
 */
export class Redis extends Construct implements IClient {
  /** Name on the networks of its clients. */
  readonly host: string;
  readonly port = PORT;
  readonly network: BridgeNetwork;
  readonly workload: Workload;
  private readonly secret: GeneratedSecret;

  constructor(scope: Construct, id: string, props: RedisProps) {
    super(scope, id);
    this.host = objectName(this);
    if (!Number.isInteger(props.memoryMiB) || props.memoryMiB < LEAST_MEMORY_MIB) {
      throw new ConstructError(
        "REDIS_MEMORY",
        `memoryMiB must be a whole number of at least ${String(LEAST_MEMORY_MIB)}, got ${String(props.memoryMiB)}; use 64`,
        this,
      );
    }
    const image = props.image ?? ContainerImage.fromPackages(redisRecipe);
    this.network = new BridgeNetwork(this, "Network");
    this.secret = new GeneratedSecret(this, "Secret", { image, names: ["password"], user: REDIS });
    this.workload = new Workload(this, {
      ...runtimeOptions(props),
      image,
      lifetime: "service",
      memoryMiB: props.memoryMiB,
      cpus: props.cpus ?? 1,
      user: REDIS,
      pidsLimit: 64,
      entrypoint: ["sh", "-c", START],
      tmpfs: { "/run/redis": { sizeMiB: 1, owner: REDIS, mode: "0700" }, "/tmp": { sizeMiB: 1, mode: "1777" } },
      health: Health.shell(PROBE, { intervalSeconds: 2, startPeriodSeconds: 30 }),
    });
    this.workload.attach({ network: this.network, aliases: [this.host] });
    this.secret.mountInto(this.workload, "/run/secrets/redis");
    const config = redisConfig(props.memoryMiB, props.storage !== undefined);
    new ConfigVolume(this, "Config", { image, files: { "redis.conf": config } }).mountInto(this.workload, "/etc/docker-tiers");
    if (props.storage === undefined) this.workload.addTmpfs("/data", { sizeMiB: 1, owner: REDIS, mode: "0700" });
    else props.storage.mountInto(this, this.workload, { id: "Data", target: "/data", image });
    new Container(this, "Resource", this.host, () => this.workload.spec());
  }

  /** Lets a client in: it gets `AS_HOST`, `AS_PORT` and `AS_PASSWORD_FILE`. */
  allowFrom(client: IClient, options: AllowFromOptions): void {
    const { network, host, port, secret } = this;
    const grantPassword = (directory: string): string => secret.grantRead(client, "password", directory);
    letIn(client, options, { owner: this, network, host, port, grantPassword });
  }
}
