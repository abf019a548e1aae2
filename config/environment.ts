import type { TerraformStack } from "cdktf";
import type { ProviderSource, Publish } from "../constructs";
import { configureStack } from "./configure";
import type { Fault } from "./fault";
import { Reader, type Sources } from "./reader";
import { settings } from "./settings";
import type { PolicyOptions } from "../policies/adapter";
import { parseSeverities } from "../policies/severity-list";

/** The web tier: what it publishes, and what it may use. */
export interface WebSettings {
  /** Where the host listens. */
  readonly publish: Publish;
  /** Replicas of the application behind the web tier. */
  readonly replicas: number;
  readonly memoryMiB: number;
}

export interface AppSettings {
  /** `build`, or an exact reference. */
  readonly image: string;
  /** The cap of each replica. */
  readonly memoryMiB: number;
}

export interface MySqlSettings {
  /** `packages`, or an exact reference. */
  readonly image: string;
  readonly memoryMiB: number;
  readonly database: string;
  /** `volume`, or an absolute directory of the host. */
  readonly storage: string;
}

export interface RedisSettings {
  /** `packages`, or an exact reference. */
  readonly image: string;
  readonly memoryMiB: number;
}

export interface LogSettings {
  readonly maxSizeMiB: number;
  readonly maxFiles: number;
}

/** The settings of one environment, complete and typed: what was faulty is replaced by its default and listed in `faults`. */
export class Environment {
  readonly name: string;
  /** Whose objects on the host they are. @default - the name in package.json */
  readonly project: string | undefined;
  readonly provider: ProviderSource;
  /** `unix:///path`, `ssh://[user@]host[:port]` or `tcp://host:port`. */
  readonly host: string;
  /** Directory of the client certificates; set exactly when the host is reached by TCP. */
  readonly tlsCertPath: string | undefined;
  readonly web: WebSettings;
  readonly app: AppSettings;
  readonly mysql: MySqlSettings;
  readonly redis: RedisSettings;
  readonly log: LogSettings;
  /** `local`, or the URL of a store. */
  readonly state: string;
  /** How strictly a stack is judged. */
  readonly policies: PolicyOptions;
  /** Empty in an environment that can be applied. */
  readonly faults: readonly Fault[];

  constructor(sources: Sources) {
    const reader = new Reader(sources);
    const { host, tlsCertPath } = reader.readHost();
    this.name = sources.name;
    this.host = host;
    this.tlsCertPath = tlsCertPath;
    this.provider = reader.read(settings.provider);
    this.project = reader.read(settings.project);
    this.web = {
      publish: { port: reader.read(settings.webPort), address: reader.read(settings.webBindAddress) },
      replicas: reader.read(settings.webReplicas),
      memoryMiB: reader.read(settings.webMemoryMiB),
    };
    this.app = { image: reader.read(settings.appImage), memoryMiB: reader.read(settings.appMemoryMiB) };
    this.mysql = {
      image: reader.read(settings.mysqlImage),
      memoryMiB: reader.read(settings.mysqlMemoryMiB),
      database: reader.read(settings.mysqlDatabase),
      storage: reader.read(settings.mysqlStorage),
    };
    this.redis = { image: reader.read(settings.redisImage), memoryMiB: reader.read(settings.redisMemoryMiB) };
    this.log = { maxSizeMiB: reader.read(settings.logMaxSizeMiB), maxFiles: reader.read(settings.logMaxFiles) };
    this.state = reader.read(settings.state);
    this.policies = {
      profile: sources.base,
      hostMemoryMiB: reader.read(settings.hostMemoryMiB),
      severities: severitiesOf(reader.read(settings.policySeverities)),
    };
    this.faults = reader.faults;
  }

  /** Gives the stack its provider, state, container defaults and policies. Call it first; with faults, every plan of the stack fails with their message. */
  configure(stack: TerraformStack): void {
    configureStack(stack, this);
  }
}

function severitiesOf(text = ""): NonNullable<PolicyOptions["severities"]> {
  const outcome = parseSeverities(text);
  return "severities" in outcome ? outcome.severities : {};
}
