import { Engine, hasTls, type EngineOptions, type TlsOptions } from "../engine";
import { contextOptions } from "./docker-context";
import { DiagnosticError } from "./diagnostic";
import { findRegistryAuth, type RegistryAuth } from "./registry-auth";
import type { ResourceSchema } from "./schema";
import { blocks, flag, hasUnknown, text, texts, type ObjectValue } from "./value";

/** The provider block, as the public provider 4.5.0 has it. */
export const PROVIDER_SCHEMA = {
  version: 0,
  attributes: {
    host: {
      type: "string",
      optional: true,
      description: "Address of the engine: unix:///path, ssh://user@host, or tcp://host:2376 with TLS certificates.",
    },
    context: { type: "string", optional: true, description: "Name of a docker context; it takes precedence over host." },
    ssh_opts: { type: ["list", "string"], optional: true, description: "Options of ssh for an ssh:// host." },
    cert_path: { type: "string", optional: true, description: "Directory with ca.pem, cert.pem and key.pem." },
    ca_material: { type: "string", optional: true, description: "PEM of the authority that signed the daemon's certificate." },
    cert_material: { type: "string", optional: true, description: "PEM of the client certificate." },
    key_material: { type: "string", optional: true, description: "PEM of the client certificate's key." },
    disable_docker_daemon_check: {
      type: "bool",
      optional: true,
      description: "Do not ask the daemon for its version before anything is planned.",
    },
  },
  blocks: {
    registry_auth: {
      nesting: "set",
      attributes: {
        address: { type: "string", required: true, description: "Address of the registry." },
        username: { type: "string", optional: true, description: "User name." },
        password: { type: "string", optional: true, sensitive: true, description: "Password." },
        config_file: {
          type: "string",
          optional: true,
          description: "Docker configuration file with credentials. Default: ~/.docker/config.json.",
        },
        config_file_content: { type: "string", optional: true, description: "The contents of such a file." },
        auth_disabled: { type: "bool", optional: true, description: "Send no credentials to this registry." },
      },
    },
  },
} as const satisfies ResourceSchema;

/** What the provider block resolves to. */
export interface Configuration {
  readonly engine: Engine;
  readonly registryAuth: (address: string) => Promise<RegistryAuth | undefined>;
  /** Gives its connections up. */
  close(): Promise<void>;
}

/**
 * Resolves the provider block and asks the daemon for its version, unless that is switched off.
 * @throws EngineHostError, EngineError or DiagnosticError
 */
export async function configure(config: ObjectValue, environment: NodeJS.ProcessEnv = process.env): Promise<Configuration> {
  // Without its host a plan would ask the wrong engine.
  if (hasUnknown(config))
    return unusable(
      "Provider not configured yet",
      "the provider block must be known before objects are read, got a value that is known only after apply",
    );
  const engine = new Engine(engineOptions(config, environment));
  if (flag(config["disable_docker_daemon_check"]) !== true) await engine.version();
  const auths = blocks(config["registry_auth"]);
  return { engine, registryAuth: (address) => findRegistryAuth(auths, address, environment), close: () => engine.close() };
}

/** Configured certificates are taken alone: the environment's are for who configured none. */
function engineOptions(config: ObjectValue, environment: NodeJS.ProcessEnv): EngineOptions {
  const context = text(config["context"]);
  const sshOptions = sshOptionsOf(config, environment);
  if (context) return { ...contextOptions(context, environment), sshOptions };
  const host = text(config["host"]) || environment["DOCKER_HOST"];
  const configured = tlsOptions((name) => text(config[name]));
  requireOneSource(configured);
  const tls = hasTls(configured) ? configured : tlsOptions((name) => environment[`DOCKER_${name.toUpperCase()}`]);
  return { ...(host ? { host } : {}), ...tls, sshOptions };
}

function tlsOptions(read: (name: string) => string | undefined): TlsOptions {
  const options = { certPath: read("cert_path"), ca: read("ca_material"), cert: read("cert_material"), key: read("key_material") };
  return Object.fromEntries(Object.entries(options).filter((entry) => entry[1]));
}

function requireOneSource({ certPath, ca, cert, key }: TlsOptions): void {
  if (!certPath || !(ca || cert || key)) return;
  throw new DiagnosticError(
    "Two sources of certificates",
    `certificates must be a directory or texts, got both; leave out cert_path (${certPath}), or ca_material, cert_material and key_material`,
    { path: ["cert_path"] },
  );
}

/** Words as the shell would part them, without quotes, as the public provider reads the variable. */
function sshOptionsOf(config: ObjectValue, environment: NodeJS.ProcessEnv): string[] {
  const configured = texts(config["ssh_opts"]);
  return configured.length > 0 ? configured : (environment["DOCKER_SSH_OPTS"] ?? "").split(/\s+/).filter((word) => word !== "");
}

/** The configuration before Terraform has sent one. */
export function unconfigured(): Configuration {
  return unusable("Provider not configured", "the provider must be configured before it is used, got no configuration; this is a bug");
}

function unusable(summary: string, detail: string): Configuration {
  return {
    get engine(): Engine {
      throw new DiagnosticError(summary, detail);
    },
    registryAuth: () => Promise.resolve(undefined),
    close: () => Promise.resolve(),
  };
}
