import { writeFile } from "node:fs/promises";
import type { EngineRequest } from "../../engine";
import { progressMessages, type ProgressMessage } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import { encodeHeader } from "../registry-auth";
import type { OperationContext } from "../resource";
import { blocks, flag, integer, text, textMap, texts, type ObjectValue } from "../value";
import { buildContext } from "./build-context";
import { buildCredentials } from "./build-credentials";
import { buildxMessages } from "./buildx";
import { wantsBuildKit } from "./image-buildkit";
import { giveFurtherNames } from "./image-further";
import { engineReason, followProgress } from "./image-pull";

const TAIL = 20;
const UNSET = new Set<unknown>([undefined, "", 0]);

/** Builds an image with the engine's classic builder, or with BuildKit where the build asks for what only that can do. */
export async function buildImage(context: OperationContext, name: string, build: ObjectValue): Promise<void> {
  const output: string[] = [];
  try {
    const messages = wantsBuildKit(build) ? buildxMessages(context, name, build) : classicMessages(context, name, build);
    await followProgress(context, messages, `building ${name}`, (line) => output.push(line));
    await giveFurtherNames(context.engine, name, { build: [build] });
  } catch (error) {
    throw buildFailure(name, output, error);
  } finally {
    await saveOutput(text(build["build_log_file"]), output);
  }
}

async function* classicMessages(context: OperationContext, name: string, build: ObjectValue): AsyncGenerator<ProgressMessage> {
  const body = text(build["remote_context"]) ? {} : { body: await buildContext(build) };
  const headers = { "X-Registry-Config": encodeHeader(await buildCredentials(context, build)) };
  const query = buildQuery(name, build);
  yield* progressMessages(await context.engine.stream("POST", "/build", { query, headers, signal: context.signal, ...body }));
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
    extrahosts: repeated(texts(build["extra_hosts"])),
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

function repeated(list: readonly string[]): ReadonlySet<string> | undefined {
  return list.length > 0 ? new Set(list) : undefined;
}

function someOf(list: readonly unknown[]): object | undefined {
  return list.length > 0 ? list : undefined;
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
