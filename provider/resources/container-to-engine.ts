import { labelsOf } from "../identity";
import { blocks, flag, integer, text, texts, type ObjectValue } from "../value";
import type { CreateBody, HealthConfig, Limits, ProcessConfig } from "./container-api";
import { hostConfig } from "./container-host-config";
import { endpointConfigs, primaryNetwork } from "./container-endpoints";
import { portKey } from "./container-ports";
import { parseDuration } from "./duration";
import { MEBIBYTE } from "./size";

/** The body of `POST /containers/create` for a planned container; `image` is the id to run. */
export function createBody(planned: ObjectValue, image: string): CreateBody {
  const primary = primaryNetwork(planned);
  return {
    ...processConfig(planned),
    Image: image,
    HostConfig: { ...hostConfig(planned), ...createLimits(planned), NetworkMode: primary ?? text(planned["network_mode"]) ?? "bridge" },
    NetworkingConfig: { EndpointsConfig: endpointConfigs(planned) },
  };
}

function processConfig(planned: ObjectValue): ProcessConfig {
  const stopTimeout = integer(planned["stop_timeout"]);
  const health = healthConfig(planned);
  return {
    Hostname: text(planned["hostname"]) ?? "",
    Domainname: text(planned["domainname"]) ?? "",
    User: text(planned["user"]) ?? "",
    Tty: flag(planned["tty"]) ?? false,
    OpenStdin: flag(planned["stdin_open"]) ?? false,
    Env: texts(planned["env"]),
    Cmd: orUnset(texts(planned["command"])),
    Entrypoint: orUnset(texts(planned["entrypoint"])),
    Volumes: anonymousVolumes(planned),
    WorkingDir: text(planned["working_dir"]) ?? "",
    Labels: labelsOf(planned),
    StopSignal: text(planned["stop_signal"]) ?? "",
    ...(stopTimeout ? { StopTimeout: stopTimeout } : {}),
    ExposedPorts: Object.fromEntries(blocks(planned["ports"]).map((port) => [portKey(port), {}])),
    ...(health ? { Healthcheck: health } : {}),
    ...macAddress(planned),
  };
}

function orUnset(list: string[]): string[] | null {
  return list.length > 0 ? list : null;
}

function macAddress(planned: ObjectValue): { MacAddress?: string } {
  const address = blocks(planned["networks_advanced"])
    .map((network) => text(network["mac_address"]))
    .find(Boolean);
  return address ? { MacAddress: address } : {};
}

function anonymousVolumes(planned: ObjectValue): Record<string, object> {
  const paths = blocks(planned["volumes"]).flatMap((volume) => {
    if (text(volume["volume_name"]) || text(volume["host_path"]) || text(volume["from_container"])) return [];
    return text(volume["container_path"]) ?? [];
  });
  return Object.fromEntries(paths.map((path) => [path, {}]));
}

/** The health check of a planned container, or undefined when the image's is to be used. */
export function healthConfig(planned: ObjectValue): HealthConfig | undefined {
  const [health] = blocks(planned["healthcheck"]);
  if (!health) return undefined;
  const startInterval = nanoseconds(health, "start_interval");
  return {
    Test: texts(health["test"]),
    Interval: nanoseconds(health, "interval"),
    Timeout: nanoseconds(health, "timeout"),
    StartPeriod: nanoseconds(health, "start_period"),
    // Engines before API 1.44 refuse the field.
    ...(startInterval > 0 ? { StartInterval: startInterval } : {}),
    Retries: integer(health["retries"]) ?? 0,
  };
}

function nanoseconds(health: ObjectValue, name: string): number {
  return parseDuration(text(health[name]) ?? "0s") ?? 0;
}

/** Unset limits are left to the daemon at creation. */
function createLimits(planned: ObjectValue): Limits {
  return Object.fromEntries(Object.entries(limits(planned)).filter(([, value]) => value !== 0 && value !== ""));
}

/** The limits of a planned container as the daemon takes them; 0 and "" take a limit away. */
export function limits(planned: ObjectValue): Limits {
  const restart = text(planned["restart"]) ?? "no";
  const pids = integer(planned["pids_limit"]);
  return {
    Memory: bytes(planned["memory"]),
    MemorySwap: memorySwap(planned),
    MemoryReservation: bytes(planned["memory_reservation"]),
    CpuShares: integer(planned["cpu_shares"]) ?? 0,
    CpuPeriod: integer(planned["cpu_period"]) ?? 0,
    CpuQuota: integer(planned["cpu_quota"]) ?? 0,
    CpusetCpus: text(planned["cpu_set"]) ?? "",
    PidsLimit: pids ?? 0,
    RestartPolicy: { Name: restart, MaximumRetryCount: restart === "on-failure" ? (integer(planned["max_retry_count"]) ?? 0) : 0 },
  };
}

/** Twice the memory is what the daemon takes when nothing is said. */
function memorySwap(planned: ObjectValue): number {
  const swap = integer(planned["memory_swap"]) ?? 0;
  if (swap < 0) return -1;
  return swap > 0 ? swap * MEBIBYTE : 2 * bytes(planned["memory"]);
}

function bytes(size: ObjectValue[string] | undefined): number {
  return (integer(size) ?? 0) * MEBIBYTE;
}
