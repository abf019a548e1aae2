import { DiagnosticError } from "../diagnostic";
import { registryImage } from "../registry/registry-address";
import { RegistryError } from "../registry/registry-error";
import { Registry } from "../registry/registry";
import { authOfBlock, type RegistryAuth } from "../registry-auth";
import type { OperationContext } from "../resource";
import { blocks, flag, text, type ObjectValue } from "../value";
import type { NestedBlock } from "../schema";
import { optional, required } from "./attribute-kinds";

/** Credentials of one resource or data source. */
export const AUTH_CONFIG = {
  nesting: "list",
  max: 1,
  attributes: {
    address: required("string", { description: "Address of the registry." }),
    username: optional("string", { description: "User name." }),
    password: optional("string", { sensitive: true, description: "Password." }),
  },
} as const satisfies NestedBlock;

/** Whether certificates are checked. */
export const INSECURE = optional("bool", {
  default: false,
  description: "Takes any certificate of the registry. This machine's own registries need none.",
});

/** The credentials that a state or configuration has for the registry of its image, else the provider's. */
export async function authFor(state: ObjectValue, context: OperationContext): Promise<RegistryAuth | undefined> {
  const { registry } = registryImage(text(state["name"]) ?? "");
  const [own] = blocks(state["auth_config"]);
  return own ? authOfBlock(own, registry) : context.registryAuth(registry);
}

/** The registry of the image that a state or configuration names. */
export async function registryFor(state: ObjectValue, context: OperationContext): Promise<Registry> {
  const auth = await authFor(state, context);
  return new Registry(registryImage(text(state["name"]) ?? ""), {
    ...(auth ? { auth } : {}),
    insecure: flag(state["insecure_skip_verify"]) === true,
    signal: context.signal,
  });
}

/** What a registry's refusal means for an image. Anything else is passed on. */
export function explainRefusal(name: string, error: unknown): unknown {
  if (!(error instanceof RegistryError)) return error;
  const { host } = registryImage(name);
  const options = { path: ["name"], cause: error };
  if (error.status === 404) {
    return new DiagnosticError(`Image ${name} is not in its registry`, `name must be an image in ${host}, got: ${error.message}`, options);
  }
  if (error.status === 401 || error.status === 403) {
    const detail =
      `the credentials for ${host} must be allowed to use ${name}, got: ${error.message}; ` +
      "give them in registry_auth or auth_config, or run `docker login`";
    return new DiagnosticError(`The registry ${host} denies access`, detail, options);
  }
  return new DiagnosticError(`The registry ${host} gives no answer for ${name}`, `${host} must answer, got: ${error.message}`, options);
}
