import { readFileSync } from "node:fs";

/** Where a dependency answers and how to log in to it. */
export interface Endpoint {
  readonly host: string;
  /** 1 to 65535. */
  readonly port: number;
  readonly password: string;
}

export interface DatabaseEndpoint extends Endpoint {
  readonly database: string;
  readonly user: string;
}

export interface GuestbookConfig {
  /** The port to listen on. */
  readonly port: number;
  readonly database: DatabaseEndpoint;
  readonly cache: Endpoint;
}

/** Every fault of the environment at once, one line each; never a value of a secret. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  constructor(readonly faults: readonly string[]) {
    super(faults.join("\n"));
  }
}

type Environment = Readonly<Record<string, string | undefined>>;
type ReadFile = (path: string) => string;

/**
 * Reads the configuration from the environment; passwords come from the files it names.
 *
 * @throws ConfigError with every fault that was found
 */
export function loadConfig(environment: Environment, readFile: ReadFile = readText): GuestbookConfig {
  const reader = new Reader(environment, readFile);
  const config = {
    port: reader.port("PORT", 3000),
    database: {
      host: reader.text("DATABASE_HOST"),
      port: reader.port("DATABASE_PORT", 3306),
      database: reader.text("DATABASE_NAME"),
      user: reader.text("DATABASE_USER"),
      password: reader.secret("DATABASE_PASSWORD_FILE"),
    },
    cache: {
      host: reader.text("CACHE_HOST"),
      port: reader.port("CACHE_PORT", 6379),
      password: reader.secret("CACHE_PASSWORD_FILE"),
    },
  };
  if (reader.faults.length > 0) throw new ConfigError(reader.faults);
  return config;
}

class Reader {
  readonly faults: string[] = [];

  constructor(
    private readonly environment: Environment,
    private readonly readFile: ReadFile,
  ) {}

  text(key: string): string {
    const value = this.environment[key] ?? "";
    if (value === "") this.fault(key, "be set", "nothing");
    return value;
  }

  port(key: string, fallback: number): number {
    const value = this.environment[key];
    if (value === undefined || value === "") return fallback;
    const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
    if (port < 1 || port > 65535) this.fault(key, "be a port from 1 to 65535", JSON.stringify(value));
    return port;
  }

  secret(key: string): string {
    const path = this.text(key);
    if (path === "") return "";
    try {
      const secret = this.readFile(path).replace(/\r?\n$/, "");
      if (secret === "") this.fault(key, "name a file that holds the password", `an empty file at ${path}`);
      return secret;
    } catch (error) {
      this.fault(key, "name a readable file", `${path} (${errorCode(error)})`);
      return "";
    }
  }

  private fault(key: string, must: string, got: string): void {
    this.faults.push(`CONFIG: ${key} must ${must}, got ${got}; fix the environment of the guestbook`);
  }
}

function readText(path: string): string {
  return readFileSync(path, "utf8");
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unreadable";
}
