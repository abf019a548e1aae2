import { findLogin, readDockerConfig, registryName, type DockerConfig, type Login } from "./docker-config";
import { flag, text, type ObjectValue } from "./value";

/** Credentials for one registry. */
export interface RegistryAuth extends Login {
  readonly serveraddress: string;
  /** Set where the address was given as `http://...`. */
  readonly plain?: true;
}

/**
 * The credentials for a registry: of the `registry_auth` block that is for it, of the docker configuration that the
 * block names, or, where no block is for it, of the docker configuration of whoever runs this.
 * @param address such as `registry.example:5000`, or `docker.io`
 */
export async function findRegistryAuth(
  auths: readonly ObjectValue[],
  address: string,
  environment = process.env,
): Promise<RegistryAuth | undefined> {
  const block = auths.find((candidate) => registryName(text(candidate["address"]) ?? "") === registryName(address));
  if (block && flag(block["auth_disabled"]) === true) return undefined;
  const login = (block && blockLogin(block, environment)) ?? (await configLogin(block, address, environment));
  return login && toAuth(login, address, text(block?.["address"]));
}

/** The credentials of an `auth_config` block of a resource or data source. */
export function authOfBlock(block: ObjectValue, address: string): RegistryAuth {
  const login = { username: text(block["username"]) ?? "", password: text(block["password"]) ?? "" };
  return toAuth(login, address, text(block["address"]));
}

/** Credentials in the daemon's words. */
export function daemonAuth({ serveraddress, username, password, identityToken }: RegistryAuth): object {
  return identityToken ? { identitytoken: identityToken, serveraddress } : { username, password, serveraddress };
}

/** Credentials as the daemon's `X-Registry-Auth` header wants them; a push wants one even where there are none. */
export function registryAuthHeader(auth: RegistryAuth | undefined): string {
  return encodeHeader(auth ? daemonAuth(auth) : {});
}

/** JSON in the base64 of URLs. With its padding: engines drop a header without it, and with it the credentials. */
export function encodeHeader(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64").replaceAll("+", "-").replaceAll("/", "_");
}

function toAuth(login: Login, serveraddress: string, given = ""): RegistryAuth {
  return { ...login, serveraddress, ...(given.startsWith("http://") ? { plain: true } : {}) };
}

function blockLogin(block: ObjectValue, environment: NodeJS.ProcessEnv): Login | undefined {
  const username = text(block["username"]) || environment["DOCKER_REGISTRY_USER"];
  const password = text(block["password"]) || environment["DOCKER_REGISTRY_PASS"];
  return username && password ? { username, password } : undefined;
}

async function configLogin(block: ObjectValue | undefined, address: string, environment: NodeJS.ProcessEnv): Promise<Login | undefined> {
  const content = text(block?.["config_file_content"]);
  const config = content ? (JSON.parse(content) as DockerConfig) : await readDockerConfig(text(block?.["config_file"]), environment);
  return findLogin(config, address, block !== undefined, environment);
}
