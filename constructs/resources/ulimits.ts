import type { Fault } from "./fault";

/** Those that the engine knows (getrlimit(2)). */
const NAMES = [
  "core",
  "cpu",
  "data",
  "fsize",
  "locks",
  "memlock",
  "msgqueue",
  "nice",
  "nofile",
  "nproc",
  "rss",
  "rtprio",
  "rttime",
  "sigpending",
  "stack",
] as const;

/** Bounds of each process: one number for both, or the one that it starts with and the one up to which it may raise it. */
export type Ulimits = Readonly<Partial<Record<(typeof NAMES)[number], number | { readonly soft: number; readonly hard: number }>>>;

const pair = (limit: number | { readonly soft: number; readonly hard: number }): { soft: number; hard: number } =>
  typeof limit === "number" ? { soft: limit, hard: limit } : limit;

export function ulimitFault(ulimits: Ulimits): Fault | undefined {
  return Object.entries(ulimits)
    .map(([name, limit]) => faultOf(name, limit))
    .find((fault) => fault !== undefined);
}

function faultOf(name: string, limit: number | { readonly soft: number; readonly hard: number }): Fault | undefined {
  const { soft, hard } = pair(limit);
  const fault = (message: string): Fault => ({ code: "ULIMIT", message });
  if (!NAMES.some((known) => known === name))
    return fault(`ulimit must be one of ${NAMES.join(", ")}, got ${JSON.stringify(name)}; use "nofile"`);
  for (const value of [soft, hard]) {
    if (!Number.isSafeInteger(value) || value < 0) return fault(`ulimit ${name} must be a whole number, got ${String(value)}; use 1024`);
  }
  if (soft <= hard) return undefined;
  return fault(`soft of ulimit ${name} must be at most hard, got ${String(soft)} and ${String(hard)}; use ${String(hard)} for both`);
}

/** As the provider takes them. */
export const renderUlimits = (ulimits: Ulimits): unknown[] => Object.entries(ulimits).map(([name, limit]) => ({ name, ...pair(limit) }));
