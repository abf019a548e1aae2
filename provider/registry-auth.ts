import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { flag, text, type ObjectValue } from "./value";

/** Credentials for one registry, as the daemon's `X-Registry-Auth` header wants them. */
export interface RegistryAuth {
  readonly username: string;
  readonly password: string;
  readonly serveraddress: string;
}

interface DockerConfig {
  readonly auths?: { readonly [address: string]: { readonly auth?: string; readonly username?: string; readonly password?: string } };
  readonly credsStore?: string;
  readonly credHelpers?: { readonly [address: string]: string };
}

const DEFAULT_CONFIG_FILE = "~/.docker/config.json";

/**
 * The credentials of the `registry_auth` block for a registry, from the block itself, or from its docker configuration.
 * @param address such as `registry.example:5000`, or `docker.io`
 */
export async function findRegistryAuth(auths: readonly ObjectValue[], address: string): Promise<RegistryAuth | undefined> {
  const auth = auths.find((candidate) => normalise(text(candidate["address"]) ?? "") === normalise(address));
  if (!auth || flag(auth["auth_disabled"]) === true) return undefined;
  const [username, password] = [text(auth["username"]), text(auth["password"])];
  if (username && password) return { username, password, serveraddress: address };
  return fromDockerConfig(await readConfig(auth), address);
}

// The hub is known by several names.
function normalise(address: string): string {
  const host = address.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
  return ["registry-1.docker.io", "index.docker.io", "registry.hub.docker.com"].includes(host) ? "docker.io" : host;
}

async function readConfig(auth: ObjectValue): Promise<DockerConfig> {
  const content = text(auth["config_file_content"]);
  if (content) return JSON.parse(content) as DockerConfig;
  const file = (text(auth["config_file"]) || DEFAULT_CONFIG_FILE).replace(/^~(?=\/)/, homedir());
  // Who never logged in has no such file.
  return existsSync(file) ? (JSON.parse(await readFile(file, "utf8")) as DockerConfig) : {};
}

async function fromDockerConfig(config: DockerConfig, address: string): Promise<RegistryAuth | undefined> {
  const byHelper = Object.entries(config.credHelpers ?? {}).find(([name]) => normalise(name) === normalise(address))?.[1];
  const entry = Object.entries(config.auths ?? {}).find(([name]) => normalise(name) === normalise(address));
  const helper = byHelper ?? config.credsStore;
  if (helper) return fromHelper(helper, entry?.[0] ?? address, address);
  const [username, ...password] = decodeAuth(entry?.[1].auth) ?? [entry?.[1].username, entry?.[1].password];
  return username ? { username, password: password.join(":"), serveraddress: address } : undefined;
}

function decodeAuth(auth: string | undefined): string[] | undefined {
  return auth ? Buffer.from(auth, "base64").toString("utf8").split(":") : undefined;
}

async function fromHelper(helper: string, server: string, address: string): Promise<RegistryAuth> {
  const { Username, Secret } = JSON.parse(await askHelper(`docker-credential-${helper}`, server)) as { Username: string; Secret: string };
  return { username: Username, password: Secret, serveraddress: address };
}

function askHelper(command: string, server: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(command, ["get"], (cause, stdout) => {
      if (cause)
        reject(new Error(`credential helper ${command} must answer for ${server}, got ${stdout.trim() || cause.message}`, { cause }));
      else resolve(stdout);
    });
    child.stdin?.end(server);
  });
}
