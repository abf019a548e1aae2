import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { EngineOptions } from "../engine";
import { DiagnosticError } from "./diagnostic";

interface ContextMetadata {
  readonly Endpoints?: { readonly docker?: { readonly Host?: string } };
}

/**
 * The engine of a context of the docker command.
 * @throws DiagnosticError when there is no such context
 */
export function contextOptions(name: string, environment: NodeJS.ProcessEnv): EngineOptions {
  if (name === "default") return defaultContext(environment);
  const root = join(environment["DOCKER_CONFIG"] ?? join(homedir(), ".docker"), "contexts");
  // The docker command names a context's directory by the digest of its name.
  const id = createHash("sha256").update(name).digest("hex");
  const host = readMetadata(join(root, "meta", id, "meta.json"), name).Endpoints?.docker?.Host;
  const tls = join(root, "tls", id, "docker");
  return { ...(host ? { host } : {}), ...(existsSync(tls) ? { certPath: tls } : {}) };
}

/** What the docker command uses without a context: its variables, else the local socket. */
function defaultContext({ DOCKER_HOST: host, DOCKER_CERT_PATH: certPath }: NodeJS.ProcessEnv): EngineOptions {
  return { ...(host ? { host } : {}), ...(certPath ? { certPath } : {}) };
}

function readMetadata(file: string, name: string): ContextMetadata {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ContextMetadata;
  } catch (cause) {
    const detail = `context must be one that \`docker context ls\` shows, got ${JSON.stringify(name)}`;
    throw new DiagnosticError("Unknown docker context", detail, { path: ["context"], cause });
  }
}
