import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EngineRequest } from "../../engine";
import { progressMessages } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import { daemonAuth, encodeHeader } from "../registry-auth";
import type { OperationContext } from "../resource";
import { blocks, flag, integer, text, textMap, texts, type ObjectValue } from "../value";
import { buildContext } from "./build-context";
import { engineReason, followProgress } from "./image-pull";
import { parseReference } from "./image-reference";

const TAIL = 20;
const UNSET = new Set<unknown>([undefined, "", 0]);

/** Builds an image with the engine's classic builder. The directory of the context is streamed. */
export async function buildImage(context: OperationContext, name: string, build: ObjectValue): Promise<void> {
  const directory = text(build["context"]) ?? "";
  const dockerfile = text(build["dockerfile"]) || "Dockerfile";
  const remote = text(build["remote_context"]);
  const body = remote ? {} : { body: await buildContext(directory, dockerfile) };
  const headers = {
    "X-Registry-Config": encodeHeader(await credentials(context, build, remote ? undefined : join(directory, dockerfile))),
  };
  const output: string[] = [];
  try {
    const stream = await context.engine.stream("POST", "/build", {
      query: buildQuery(name, build),
      headers,
      signal: context.signal,
      ...body,
    });
    await followProgress(context, progressMessages(stream), `building ${name}`, (line) => output.push(line));
  } catch (error) {
    throw buildFailure(name, output, error);
  } finally {
    await saveOutput(text(build["build_log_file"]), output);
  }
}

/** The parameters of `POST /build`; what is unset is left to the engine. */
export function buildQuery(name: string, build: ObjectValue): NonNullable<EngineRequest["query"]> {
  const labels = { ...textMap(build["labels"]), ...textMap(build["label"]) };
  const query = {
    dockerfile: text(build["dockerfile"]) || "Dockerfile",
    remote: text(build["remote_context"]),
    buildargs: some(textMap(build["build_args"])),
    labels: some(labels),
    target: text(build["target"]),
    platform: text(build["platform"]),
    cachefrom: someOf(texts(build["cache_from"])),
    extrahosts: texts(build["extra_hosts"]).join(","),
    networkmode: text(build["network_mode"]),
    rm: flag(build["remove"]) ?? true,
    version: text(build["version"]),
    buildid: text(build["build_id"]),
    session: text(build["session_id"]),
    ...switches(build),
    ...buildLimits(build),
  };
  const set = Object.entries(query).filter(([, value]) => !UNSET.has(value));
  return { ...Object.fromEntries(set), t: name };
}

function switches(build: ObjectValue): NonNullable<EngineRequest["query"]> {
  return {
    nocache: flag(build["no_cache"]),
    pull: flag(build["pull_parent"]),
    forcerm: flag(build["force_remove"]),
    squash: flag(build["squash"]),
    q: flag(build["suppress_output"]),
  };
}

function buildLimits(build: ObjectValue): NonNullable<EngineRequest["query"]> {
  const ulimits = blocks(build["ulimit"]).map((limit) => ({
    Name: text(limit["name"]),
    Soft: integer(limit["soft"]),
    Hard: integer(limit["hard"]),
  }));
  return {
    memory: integer(build["memory"]),
    memswap: integer(build["memory_swap"]),
    cpushares: integer(build["cpu_shares"]),
    cpuperiod: integer(build["cpu_period"]),
    cpuquota: integer(build["cpu_quota"]),
    cpusetcpus: text(build["cpu_set_cpus"]),
    cpusetmems: text(build["cpu_set_mems"]),
    shmsize: integer(build["shm_size"]),
    cgroupparent: text(build["cgroup_parent"]),
    isolation: text(build["isolation"]),
    securityopt: someOf(texts(build["security_opt"])),
    ulimits: someOf(ulimits),
  };
}

function some(map: Record<string, string>): object | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}

function someOf(list: readonly unknown[]): object | undefined {
  return list.length > 0 ? list : undefined;
}

/** Credentials by registry: those of the build, and those of the provider for the registries of the base images. */
async function credentials(context: OperationContext, build: ObjectValue, dockerfile: string | undefined): Promise<Record<string, object>> {
  const registries = dockerfile === undefined ? [] : baseRegistries(await readFile(dockerfile, "utf8"));
  const known = await Promise.all(registries.map(async (registry) => [registry, await baseAuth(context, registry)] as const));
  const own = blocks(build["auth_config"]).map((auth) => [text(auth["host_name"]) ?? "", authConfig(auth)] as const);
  return Object.fromEntries([...known, ...own].flatMap(([registry, auth]) => (auth ? [[registry, auth]] : [])));
}

async function baseAuth(context: OperationContext, registry: string): Promise<object | undefined> {
  const auth = await context.registryAuth(registry);
  return auth && daemonAuth(auth);
}

function authConfig(auth: ObjectValue): object {
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

/** Registries of the images that a Dockerfile starts from. */
export function baseRegistries(dockerfile: string): string[] {
  const bases = [...dockerfile.matchAll(/^\s*FROM\s+(?:--\S+\s+)*(\S+)/gim)].map(([, base = ""]) => base);
  return [...new Set(bases.filter((base) => base !== "scratch").map((base) => parseReference(base).registry))];
}

function buildFailure(name: string, output: readonly string[], cause: unknown): unknown {
  if (cause instanceof DiagnosticError) return cause;
  const last = output
    .slice(-TAIL)
    .map((line) => `  ${line}`)
    .join("\n");
  return new DiagnosticError(
    `Image ${name} cannot be built`,
    `build must succeed, got: ${engineReason(cause)}${last === "" ? "" : `\nLast lines of its output:\n${last}`}`,
    { path: ["build"], cause },
  );
}

async function saveOutput(path: string | undefined, output: readonly string[]): Promise<void> {
  if (path) await writeFile(path, `${output.join("\n")}\n`);
}
