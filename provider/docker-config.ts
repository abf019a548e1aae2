import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** User name and password for a registry; a helper's `<token>` is an identity token. */
export interface Login {
  readonly username: string;
  readonly password: string;
  readonly identityToken?: string;
}

/** What `docker login` keeps. */
export interface DockerConfig {
  readonly auths?: {
    readonly [address: string]: {
      readonly auth?: string;
      readonly username?: string;
      readonly password?: string;
      readonly identitytoken?: string;
    };
  };
  readonly credsStore?: string;
  readonly credHelpers?: { readonly [address: string]: string };
}

const FILE = "config.json";
const TOKEN_USER = "<token>";
const NOT_FOUND = /credentials not found/i;
const HUB_NAMES = ["registry-1.docker.io", "index.docker.io", "registry.hub.docker.com"];

/** One name for a registry, however it is written: the hub is known by several. */
export function registryName(address: string): string {
  const host = address.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
  return HUB_NAMES.includes(host) ? "docker.io" : host;
}

/** Docker's configuration file, or an empty one: who never logged in has none. A directory means the file in it. */
export async function readDockerConfig(path: string | undefined, environment = process.env): Promise<DockerConfig> {
  const given = (path || environment["DOCKER_CONFIG"] || "~/.docker").replace(/^~(?=\/)/, homedir());
  const entry = statSync(given, { throwIfNoEntry: false });
  const file = entry?.isDirectory() ? join(given, FILE) : given;
  if (!entry || !statSync(file, { throwIfNoEntry: false })) return {};
  return JSON.parse(await readFile(file, "utf8")) as DockerConfig;
}

/**
 * The login that a configuration has for a registry.
 * @param ask whether the general store is asked for registries that `docker login` left no entry of
 */
export async function findLogin(
  config: DockerConfig,
  address: string,
  ask: boolean,
  environment = process.env,
): Promise<Login | undefined> {
  const matches = ([name]: readonly [string, unknown]): boolean => registryName(name) === registryName(address);
  const byHelper = Object.entries(config.credHelpers ?? {}).find(matches);
  const entry = Object.entries(config.auths ?? {}).find(matches);
  const store = entry || ask ? config.credsStore : undefined;
  const helper = byHelper?.[1] ?? store;
  if (helper) return fromHelper(helper, byHelper?.[0] ?? entry?.[0] ?? address, environment);
  return entry && fromEntry(entry[1]);
}

function fromEntry({ auth, username, password, identitytoken }: NonNullable<DockerConfig["auths"]>[string]): Login | undefined {
  const decoded = auth ? Buffer.from(auth, "base64").toString("utf8") : `${username ?? ""}:${password ?? ""}`;
  const colon = decoded.indexOf(":");
  if (colon < 1 && !identitytoken) return undefined;
  const login = { username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
  return identitytoken ? { ...login, identityToken: identitytoken } : login;
}

async function fromHelper(helper: string, server: string, env: NodeJS.ProcessEnv): Promise<Login | undefined> {
  const answer = await askHelper(`docker-credential-${helper}`, server, env);
  if (answer === undefined) return undefined;
  const { Username, Secret } = JSON.parse(answer) as { Username: string; Secret: string };
  return Username === TOKEN_USER ? { username: "", password: "", identityToken: Secret } : { username: Username, password: Secret };
}

function askHelper(command: string, server: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = execFile(command, ["get"], { env }, (cause, stdout) => {
      if (!cause) resolve(stdout);
      else if (NOT_FOUND.test(stdout)) resolve(undefined);
      else reject(new Error(`credential helper ${command} must answer for ${server}, got ${stdout.trim() || cause.message}`, { cause }));
    });
    // A helper that is not there closes its end: the error above says so.
    child.stdin?.on("error", () => undefined).end(server);
  });
}
