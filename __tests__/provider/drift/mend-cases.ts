import type { ObjectValue } from "../../../provider/value";
import { CONTAINER_ACTS } from "./container-acts";
import { CONTAINER } from "./container-table";
import { CONTAINER_SCHEMA } from "../../../provider/resources/container-schema";
import type { SeenEntry } from "./case";
import { pathsSet, recordedPaths } from "./recorded";

const BASE = { name: "drift-c", image: "probe:1" } as const;

/** A server as our constructs render it. */
const SERVER = {
  ...BASE,
  entrypoint: ["/bin/env"],
  command: ["sleep", "500"],
  env: ["A=1"],
  user: "1000",
  init: true,
  stop_signal: "SIGKILL",
  stop_timeout: 7,
  destroy_grace_seconds: 1,
  memory: 64,
  memory_swap: 64,
  cpu_shares: 512,
  cpu_period: 100_000,
  cpu_quota: 50_000,
  pids_limit: 50,
  restart: "unless-stopped",
  read_only: true,
  security_opts: ["no-new-privileges:true"],
  tmpfs: { "/run": "size=1m" },
  log_driver: "json-file",
  log_opts: { "max-file": "3", "max-size": "1m", mode: "blocking" },
  wait: true,
  wait_timeout: 60,
  must_run: true,
  remove_volumes: false,
  capabilities: [{ add: ["CAP_CHOWN"], drop: ["ALL"] }],
  healthcheck: [{ test: ["CMD", "true"], interval: "1s", timeout: "10s", start_period: "10s", retries: 3 }],
  labels: [{ label: "tier", value: "web" }],
  mounts: [{ type: "volume", source: "drift-data", target: "/data", read_only: true, volume_options: [{ no_copy: true }] }],
  networks_advanced: [{ name: "drift-net", aliases: ["app"] }],
  ports: [{ internal: 80, external: 18_097, ip: "127.0.0.1", protocol: "tcp" }],
} as const satisfies ObjectValue;

/** What fills a volume: never started, and without a network. */
const LOADER = { ...BASE, start: false, network_mode: "host" } as const satisfies ObjectValue;

export const CONFIGURATIONS: { readonly [name: string]: ObjectValue } = { "a server": SERVER, "a loader": LOADER };

/** What our constructs set on containers. */
export const RECORDED = recordedPaths(CONTAINER.type, CONTAINER_SCHEMA);

/** Of a configuration, what another container in its place can have otherwise. */
export function seenOf(configuration: ObjectValue): SeenEntry[] {
  return pathsSet(configuration, CONTAINER_SCHEMA).flatMap((path): SeenEntry[] => {
    const entry = CONTAINER.cases[path];
    return entry?.kind === "seen" && RECORDED.includes(path) ? [[path, entry]] : [];
  });
}

/** What takes more than another value. */
export const ACTS = Object.entries(CONTAINER_ACTS).filter(([path]) => RECORDED.includes(path));

/** Recorded paths of which nothing is on the engine: they say how Terraform treats the container. */
export const TREATMENTS = RECORDED.filter((path) => CONTAINER.cases[path]?.kind === "unseen");
