import { Construct } from "constructs";
import { BridgeNetwork } from "../networks/bridge-network";
import type { IContainerImage } from "../images/bound-image";
import { letIn, type AllowFromOptions } from "../client-access";
import { ConfigVolume } from "../config-volume";
import { Container } from "../container";
import { ContainerImage } from "../images/container-image";
import { requireEngine } from "../images/image-engine";
import { ConstructError } from "../errors";
import { GeneratedSecret } from "../generated-secret";
import { Health } from "../health";
import { Accounts } from "./accounts";
import { Administration, type Administered } from "./administration";
import { ENGINES, RECIPES, type EngineFacts, type MySqlEngine } from "./engine";
import { requireDatabase, requireIdentifier } from "./identifier";
import { Migrations, type MigrationTexts } from "./migrations";
import { runtimeOptions, type RuntimeOptions } from "../runtime-options";
import { objectName } from "../naming";
import { Storage } from "../storage/storage";
import type { MySqlPrivileges } from "./privileges";
import { fragmentText, settingLines, settingScripts, SLOW_START, type MySqlOptions } from "./settings";
import { Workload, type IClient } from "../workload";

export interface MySqlProps extends RuntimeOptions {
  /** At least 256, of MariaDB 192; buffers and connections are chosen to fit. */
  readonly memoryMiB: number;
  /** Where the data lies; it is kept by every deploy and destroy. @default - a volume */
  readonly storage?: Storage;
  /** Database that is made at the first start. @default "app" */
  readonly database?: string;
  /** User with all rights on the database. @default "app" */
  readonly user?: string;
  /** SQL that runs once, in the database, at the first start. @default - none */
  readonly initSql?: string;
  /** Whose server runs; on the other's data it refuses to start. @default "mysql" */
  readonly engine?: MySqlEngine;
  /** MySQL 8.4 or 9, or MariaDB 11.4 or newer, that keeps the official image's contract. @default - MySQL 9.7 or MariaDB 11.8 from packages */
  readonly image?: IContainerImage;
  /** @default 1 */
  readonly cpus?: number;
  /** Slow log, time zone, character set, TLS and further options. @default - the server's own */
  readonly settings?: MySqlOptions;
  /** Whether accounts of clients that are gone are dropped although no client has one any more. @default - false: with the last one its account stays, without a way in */
  readonly dropsAccounts?: boolean;
}

/** How a client is let in at a database. */
export interface DatabaseAccess extends AllowFromOptions {
  /** A database of the server, made where it is missing. @default - the server's own `database` */
  readonly database?: string;
  /** With them the client has an account of its own. @default - with `database` "readWrite", without it the account of `user`, which may do all */
  readonly privileges?: MySqlPrivileges;
}

const MYSQL = { uid: 999, gid: 999 };
const PORT = 3306;
const SECRETS = "/run/secrets/mysql";

export interface MigrateOptions {
  /** Made where it is missing. @default - the server's own `database` */
  readonly database?: string;
}

/** Who a client is to the server. */
interface Login {
  readonly user: string;
  readonly grantPassword: (directory: string) => string;
}

/** A query as the application's user over TCP: the first start's temporary server, which has no network, does not count. The password is in no argument. */
const probe = ({ client, loopback }: EngineFacts): string =>
  `printf '[client]\\npassword="%s"\\n${loopback}' "$(cat "$MYSQL_PASSWORD_FILE")" | ${client} --defaults-extra-file=/dev/stdin -h127.0.0.1 -u"$MYSQL_USER" -BNe 'SELECT 1' "$MYSQL_DATABASE"`;

/**
 * MySQL or MariaDB on a network of its own: who has not been let in by `allowFrom` cannot resolve its name. Passwords are made on the host and live
 * as long as the data. It is stopped gracefully and never runs twice on one storage.
 *
 * @throws ConstructError `MYSQL_MEMORY`, `MYSQL_IDENTIFIER`, `MYSQL_SETTING`, `MYSQL_FRAGMENT`, `IMAGE_ENGINE`
 */
export class MySql extends Construct implements IClient {
  /** Name on the networks of its clients. */
  readonly host: string;
  readonly port = PORT;
  readonly database: string;
  readonly user: string;
  readonly network: BridgeNetwork;
  readonly workload: Workload;
  private readonly engine: EngineFacts;
  private readonly secret: GeneratedSecret;
  private readonly administered: Administered;
  private readonly tls: boolean;
  private administration: Administration | undefined;
  private accounts: Accounts | undefined;

  constructor(scope: Construct, id: string, props: MySqlProps) {
    super(scope, id);
    this.host = objectName(this);
    this.database = props.database ?? "app";
    this.user = props.user ?? "app";
    const { engine = "mysql" } = props;
    this.engine = ENGINES[engine];
    const { client, leastMemoryMiB } = this.engine;
    requireMemory(this, props.memoryMiB, leastMemoryMiB);
    requireIdentifier(this, "database", this.database);
    requireIdentifier(this, "user", this.user);
    const image = props.image ?? ContainerImage.fromPackages(RECIPES[engine]);
    requireEngine(this, image, engine, RECIPES);
    this.network = new BridgeNetwork(this, "Network");
    this.secret = new GeneratedSecret(this, "Secret", { image, names: ["root-password", "password"], user: MYSQL });
    this.workload = this.server(image, props);
    this.workload.attach({ network: this.network, aliases: [this.host] });
    this.secret.mountInto(this.workload, SECRETS);
    (props.storage ?? Storage.volume()).mountInto(this, this.workload, { id: "Data", target: "/var/lib/mysql", image });
    this.configure(image, props);
    const container = new Container(this, "Resource", this.host, () => this.workload.spec());
    const { workload, secret } = this;
    this.tls = props.settings?.tls !== undefined;
    this.administered = { image, user: MYSQL, workload, secret, secretDirectory: SECRETS, client, container };
    if (props.dropsAccounts === true) this.clientAccounts();
  }

  /**
   * Lets a client in: it gets `AS_HOST`, `AS_PORT`, `AS_NAME`, `AS_USER` and `AS_PASSWORD_FILE`, and `AS_TLS` where it is required. With a database or privileges it has an
   * account of its own, which goes with it; without it shares that of `user`.
   *
   * @throws ConstructError `ALLOW_FROM_AS`, `MYSQL_IDENTIFIER`, `MYSQL_PRIVILEGES`, `MYSQL_ACCOUNT`, `OTHER_HOST`, `OTHER_ENVIRONMENT`
   */
  allowFrom(client: IClient, options: DatabaseAccess): void {
    const { network, host, port } = this;
    const { database = this.database, privileges = "readWrite" } = options;
    if (options.database !== undefined) requireDatabase(this, database);
    const own = options.database !== undefined || options.privileges !== undefined;
    const login = own ? this.ownAccount(client, database, privileges) : this.sharedAccount(client);
    letIn(client, options, {
      owner: this,
      network,
      host,
      port,
      variables: { NAME: database, USER: login.user, ...(this.tls ? { TLS: "required" } : {}) },
      grantPassword: login.grantPassword,
    });
  }

  /**
   * Brings a database's schema forward: each text is applied once, in the order of the numbers, by a job after the server is healthy, and
   * noted in the table `docker_tiers_migrations`. A fault stops the deploy. Clients are not held back: they retry until the schema is there.
   *
   * @throws ConstructError `MYSQL_MIGRATION`, `MYSQL_IDENTIFIER`
   */
  migrate(texts: MigrationTexts, { database = this.database }: MigrateOptions = {}): void {
    requireDatabase(this, database);
    const id = `Migration-${database}`;
    if (this.node.tryFindChild(id) !== undefined)
      throw new ConstructError(
        "MYSQL_MIGRATION",
        `database must be migrated by one call, got two for "${database}"; put the texts into one`,
        this,
      );
    new Migrations(this, id, { administration: this.administrator(), database, texts });
  }

  private sharedAccount(client: IClient): Login {
    return { user: this.user, grantPassword: (directory) => this.secret.grantRead(client, "password", directory) };
  }

  private ownAccount(client: IClient, database: string, privileges: MySqlPrivileges): Login {
    const accounts = this.clientAccounts();
    const user = accounts.grant(client, database, privileges);
    return { user, grantPassword: (directory) => accounts.grantPassword(client, directory) };
  }

  private clientAccounts(): Accounts {
    const reserved = [this.user, "root", "health"];
    return (this.accounts ??= new Accounts(this, this.administered, this.administrator(), { reserved, tls: this.tls }));
  }

  private administrator(): Administration {
    return (this.administration ??= new Administration(this, "Run", this.administered));
  }

  private server(image: IContainerImage, props: MySqlProps): Workload {
    const { memoryMiB, cpus = 1, settings } = props;
    return new Workload(this, {
      ...runtimeOptions(props),
      image,
      lifetime: "service",
      memoryMiB,
      cpus,
      user: MYSQL,
      pidsLimit: this.engine.tuning(memoryMiB).pidsLimit,
      ...(settings?.slowSeconds === undefined ? {} : { entrypoint: SLOW_START, command: [this.engine.server] }),
      environment: {
        MYSQL_ROOT_PASSWORD_FILE: `${SECRETS}/root-password`,
        MYSQL_ROOT_HOST: "localhost",
        MYSQL_DATABASE: this.database,
        MYSQL_USER: this.user,
        MYSQL_PASSWORD_FILE: `${SECRETS}/password`,
      },
      tmpfs: { "/run/mysqld": { sizeMiB: 1, owner: MYSQL }, "/tmp": { sizeMiB: 16, mode: "1777" } },
      health: Health.shell(probe(this.engine), { intervalSeconds: 3, timeoutSeconds: 10, retries: 10, startPeriodSeconds: 120 }),
      stopSeconds: 30,
    });
  }

  private configure(image: IContainerImage, { memoryMiB, initSql, settings = {} }: MySqlProps): void {
    const lines = [...settingLines(this, settings), ...(settings.tls?.bind(this) ?? [])].map((line) => `${line}\n`);
    const files = { "docker-tiers.cnf": this.engine.config(memoryMiB) + lines.join("") + fragmentText(this, settings.fragments ?? {}) };
    new ConfigVolume(this, "Config", { image, files }).mountInto(this.workload, "/etc/mysql/conf.d");
    const scripts = { ...settingScripts(this.database, settings), ...(initSql === undefined ? {} : { "init.sql": initSql }) };
    if (Object.keys(scripts).length === 0) return;
    new ConfigVolume(this, "InitSql", { image, files: scripts }).mountInto(this.workload, "/docker-entrypoint-initdb.d");
  }
}

function requireMemory(mysql: MySql, memoryMiB: number, least: number): void {
  if (Number.isInteger(memoryMiB) && memoryMiB >= least) return;
  throw new ConstructError(
    "MYSQL_MEMORY",
    `memoryMiB must be a whole number of at least ${String(least)}, got ${String(memoryMiB)}; use 512`,
    mysql,
  );
}
