import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { daemonAuth } from "../registry-auth";
import type { OperationContext } from "../resource";
import { blocks, text, type ObjectValue } from "../value";
import { buildRegistries } from "./build-registries";

/** A login in the engine's words, which are those of Docker's configuration file. */
export interface RegistryLogin {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly auth?: string | undefined;
  readonly email?: string | undefined;
  readonly identitytoken?: string | undefined;
  readonly registrytoken?: string | undefined;
  readonly serveraddress?: string | undefined;
}

/** Credentials by registry: those of the build, and those of the provider for the registries that the build may ask. */
export async function buildCredentials(context: OperationContext, build: ObjectValue): Promise<Record<string, RegistryLogin>> {
  const remote = text(build["remote_context"]);
  const dockerfile = remote ? undefined : join(text(build["context"]) ?? "", text(build["dockerfile"]) || "Dockerfile");
  const registries = buildRegistries(dockerfile === undefined ? "" : await readFile(dockerfile, "utf8"), build);
  const known = await Promise.all(registries.map(async (registry) => [registry, await providerAuth(context, registry)] as const));
  const own = blocks(build["auth_config"]).map((auth) => [text(auth["host_name"]) ?? "", authConfig(auth)] as const);
  return Object.fromEntries([...known, ...own].flatMap(([registry, auth]) => (auth ? [[registry, auth]] : [])));
}

async function providerAuth(context: OperationContext, registry: string): Promise<RegistryLogin | undefined> {
  const auth = await context.registryAuth(registry);
  return auth && daemonAuth(auth);
}

function authConfig(auth: ObjectValue): RegistryLogin {
  return {
    username: text(auth["user_name"]),
    password: text(auth["password"]),
    auth: text(auth["auth"]),
    email: text(auth["email"]),
    identitytoken: text(auth["identity_token"]),
    registrytoken: text(auth["registry_token"]),
    serveraddress: text(auth["server_address"]) || text(auth["host_name"]),
  };
}
