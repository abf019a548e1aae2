import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { readDockerConfig, registryName, type DockerConfig } from "../docker-config";
import type { RegistryLogin } from "./build-credentials";

/** What would lead the client to another host than the one it is given. */
const OF_A_HOST = new Set(["DOCKER_CONTEXT", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH"]);
/** The hub's entry in a configuration file. */
const HUB = "https://index.docker.io/v1/";

/** The process variables of a docker client. */
export interface ClientEnvironment {
  readonly variables: NodeJS.ProcessEnv;
  /** Takes away what was written for it. */
  readonly remove: () => void;
}

/**
 * A docker client that talks to a host and knows these logins, beside all that its user's own configuration says. They are written to a
 * folder of this user's own, and nowhere where there are none.
 */
export async function clientEnvironment(host: string, logins: Readonly<Record<string, RegistryLogin>>): Promise<ClientEnvironment> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_A_HOST.has(name)));
  const variables = { ...inherited, DOCKER_HOST: host };
  if (Object.keys(logins).length === 0) return { variables, remove: () => undefined };
  const own = process.env["DOCKER_CONFIG"] || join(homedir(), ".docker");
  const config = await readDockerConfig(own);
  const folder = mkdtempSync(join(tmpdir(), "docker-tiers-client-"));
  writeConfig(folder, own, config, logins);
  return {
    variables: { BUILDX_CONFIG: join(own, "buildx"), ...variables, DOCKER_CONFIG: folder },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeConfig(folder: string, own: string, config: DockerConfig, logins: Readonly<Record<string, RegistryLogin>>): void {
  const entries = Object.entries(logins).map(([registry, login]) => [fileName(registry), fileEntry(login)] as const);
  const content = {
    ...config,
    auths: { ...config.auths, ...Object.fromEntries(entries) },
    // No helper for these: the file has them.
    credHelpers: { ...config.credHelpers, ...Object.fromEntries(entries.map(([name]) => [name, ""])) },
  };
  writeFileSync(join(folder, "config.json"), JSON.stringify(content), { mode: 0o600 });
  // A link that leads nowhere is as good as none.
  symlinkSync(join(own, "cli-plugins"), join(folder, "cli-plugins"));
}

const fileName = (registry: string): string => (registryName(registry) === "docker.io" ? HUB : registry);

function fileEntry({ auth, username = "", password = "", identitytoken, registrytoken }: RegistryLogin): object {
  // The client refuses a file with a login without a name.
  const basic = auth || (username === "" ? undefined : Buffer.from(`${username}:${password}`).toString("base64"));
  return { ...(basic ? { auth: basic } : {}), ...(identitytoken ? { identitytoken } : {}), ...(registrytoken ? { registrytoken } : {}) };
}
