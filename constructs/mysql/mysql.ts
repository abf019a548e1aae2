import { Construct } from "constructs";
import { mysqlRecipe } from "../../images/recipes/mysql";
import { BridgeNetwork } from "../networks/bridge-network";
import type { IContainerImage } from "../images/bound-image";
import { letIn, type AllowFromOptions } from "../client-access";
import { ConfigVolume } from "../config-volume";
import { Container } from "../container";
import { ContainerImage } from "../images/container-image";
import { ConstructError } from "../errors";
import { GeneratedSecret } from "../generated-secret";
import { Health } from "../health";
import { mysqlConfig, mysqlTuning } from "./mysql-config";
import { objectName } from "../naming";
import { Storage } from "../storage/storage";
import { Workload, type IClient } from "../workload";

export interface MySqlProps {
  /** At least 256; buffers and connections are chosen to fit. */
  readonly memoryMiB: number;
  /** Where the data lies; it is kept by every deploy and destroy. @default - a volume */
  readonly storage?: Storage;
  /** Database that is made at the first start. @default "app" */
  readonly database?: string;
  /** User with all rights on the database. @default "app" */
  readonly user?: string;
  /** SQL that runs once, in the database, at the first start. @default - none */
  readonly initSql?: string;
  /** MySQL 8.4 or 9 that keeps the official image's contract. @default - 9.7 from packages */
  readonly image?: IContainerImage;
  /** @default 1 */
  readonly cpus?: number;
}

const MYSQL = { uid: 999, gid: 999 };
const PORT = 3306;
const LEAST_MEMORY_MIB = 256;
const SECRETS = "/run/secrets/mysql";

/** A query as the application's user over TCP: the first start's temporary server, which has no network, does not count. The password is in no argument. */
const PROBE = `printf '[client]\\npassword="%s"\\n' "$(cat "$MYSQL_PASSWORD_FILE")" | mysql --defaults-extra-file=/dev/stdin -h127.0.0.1 -u"$MYSQL_USER" -BNe 'SELECT 1' "$MYSQL_DATABASE"`;

/**
 * MySQL on a network of its own: who has not been let in by `allowFrom` cannot resolve its name. Passwords are made on the host and live
 * as long as the data. It is stopped gracefully and never runs twice on one storage.
 *
 * @throws ConstructError `MYSQL_MEMORY`, `MYSQL_IDENTIFIER`
 */
export class MySql extends Construct implements IClient {
  /** Name on the networks of its clients. */
  readonly host: string;
  readonly port = PORT;
  readonly database: string;
  readonly user: string;
  readonly network: BridgeNetwork;
  readonly workload: Workload;
  private readonly secret: GeneratedSecret;

  constructor(scope: Construct, id: string, props: MySqlProps) {
    super(scope, id);
    this.host = objectName(this);
    this.database = props.database ?? "app";
    this.user = props.user ?? "app";
    validate(this, props.memoryMiB);
    const image = props.image ?? ContainerImage.fromPackages(mysqlRecipe);
    this.network = new BridgeNetwork(this, "Network");
    this.secret = new GeneratedSecret(this, "Secret", { image, names: ["root-password", "password"], user: MYSQL });
    this.workload = this.server(image, props);
    this.workload.attach({ network: this.network, aliases: [this.host] });
    this.secret.mountInto(this.workload, SECRETS);
    (props.storage ?? Storage.volume()).mountInto(this, this.workload, { id: "Data", target: "/var/lib/mysql", image });
    this.configure(image, props);
    new Container(this, "Resource", this.host, () => this.workload.spec());
  }

  /** Lets a client in: it gets `AS_HOST`, `AS_PORT`, `AS_NAME`, `AS_USER` and `AS_PASSWORD_FILE`. */
  allowFrom(client: IClient, options: AllowFromOptions): void {
    const { network, host, port, secret } = this;
    letIn(client, options, { owner: this, network, host, port, secret, variables: { NAME: this.database, USER: this.user } });
  }

  private server(image: IContainerImage, { memoryMiB, cpus = 1 }: MySqlProps): Workload {
    return new Workload(this, {
      image,
      lifetime: "service",
      memoryMiB,
      cpus,
      user: MYSQL,
      pidsLimit: mysqlTuning(memoryMiB).pidsLimit,
      environment: {
        MYSQL_ROOT_PASSWORD_FILE: `${SECRETS}/root-password`,
        MYSQL_ROOT_HOST: "localhost",
        MYSQL_DATABASE: this.database,
        MYSQL_USER: this.user,
        MYSQL_PASSWORD_FILE: `${SECRETS}/password`,
      },
      tmpfs: { "/run/mysqld": { sizeMiB: 1, owner: MYSQL }, "/tmp": { sizeMiB: 16, mode: "1777" } },
      health: Health.shell(PROBE, { intervalSeconds: 3, timeoutSeconds: 10, retries: 10, startPeriodSeconds: 120 }),
      stopSeconds: 30,
    });
  }

  private configure(image: IContainerImage, { memoryMiB, initSql }: MySqlProps): void {
    const files = { "docker-tiers.cnf": mysqlConfig(memoryMiB) };
    new ConfigVolume(this, "Config", { image, files }).mountInto(this.workload, "/etc/mysql/conf.d");
    if (initSql === undefined) return;
    new ConfigVolume(this, "InitSql", { image, files: { "init.sql": initSql } }).mountInto(this.workload, "/docker-entrypoint-initdb.d");
  }
}

function validate(mysql: MySql, memoryMiB: number): void {
  if (!Number.isInteger(memoryMiB) || memoryMiB < LEAST_MEMORY_MIB) {
    throw new ConstructError(
      "MYSQL_MEMORY",
      `memoryMiB must be a whole number of at least ${String(LEAST_MEMORY_MIB)}, got ${String(memoryMiB)}; use 512`,
      mysql,
    );
  }
  for (const [what, name, most] of [
    ["database", mysql.database, 64],
    ["user", mysql.user, 32],
  ] as const) {
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name) || name.length > most) {
      throw new ConstructError(
        "MYSQL_IDENTIFIER",
        `${what} must be a letter, then letters, digits and "_", at most ${String(most)}, got ${JSON.stringify(name)}; use "app"`,
        mysql,
      );
    }
  }
}
