import { isZero, text, texts, type ObjectValue } from "../value";
import type { DeviceRate, HostConfig } from "./container-api";
import type { ContainerView } from "./container-view";
import { deviceState } from "./container-from-devices";
import { mountBlocks, volumeBlocks } from "./container-from-mounts";
import { MEBIBYTE } from "./size";

const NO_LABEL = "label=disable";

/** The part of the state that is about the host. */
export function hostState(view: ContainerView): ObjectValue {
  const { HostConfig: host } = view.inspect;
  return {
    ...isolationState(view),
    ...storageState(view),
    ...resolverState(host),
    ...deviceState(view),
    ...rateState(host),
    ...logState(view),
  };
}

function isolationState({ inspect: { HostConfig: host }, prior }: ContainerView): ObjectValue {
  return {
    privileged: host.Privileged ?? false,
    read_only: host.ReadonlyRootfs ?? false,
    security_opts: securityOptions(host, prior),
    sysctls: host.Sysctls ?? {},
    group_add: list(host.GroupAdd),
    cgroup_parent: host.CgroupParent ?? "",
    // The daemon fills in its own mode, which nobody configured. An import cannot tell the two.
    ...(prior["cgroupns_mode"] !== undefined && isZero(prior["cgroupns_mode"]) ? {} : { cgroupns_mode: host.CgroupnsMode ?? "" }),
    ipc_mode: host.IpcMode ?? "",
    pid_mode: host.PidMode ?? "",
    userns_mode: host.UsernsMode ?? "",
    uts_mode: host.UTSMode ?? "",
    oom_score_adj: host.OomScoreAdj ?? 0,
    init: host.Init ?? false,
    runtime: host.Runtime ?? "",
    capabilities: capabilityBlocks(host),
    ulimit: (host.Ulimits ?? []).map((limit) => ({ name: limit.Name, soft: limit.Soft, hard: limit.Hard })),
  };
}

/** Of a container that is as free as the host the daemon takes the label away by itself. */
function securityOptions(host: HostConfig, prior: ObjectValue): readonly string[] {
  const isFree = host.Privileged === true || host.PidMode === "host" || host.IpcMode === "host";
  const configured = texts(prior["security_opts"]);
  return list(host.SecurityOpt).filter((option) => option !== NO_LABEL || !isFree || configured.includes(option));
}

function capabilityBlocks(host: HostConfig): ObjectValue[] {
  const [add, drop] = [list(host.CapAdd), list(host.CapDrop)];
  return add.length + drop.length > 0 ? [{ add, drop }] : [];
}

function storageState(view: ContainerView): ObjectValue {
  const { HostConfig: host } = view.inspect;
  return {
    mounts: mountBlocks(host),
    volumes: volumeBlocks(view),
    tmpfs: host.Tmpfs ?? {},
    storage_opts: host.StorageOpt ?? {},
    shm_size: Math.floor((host.ShmSize ?? 0) / MEBIBYTE),
  };
}

function resolverState(host: HostConfig): ObjectValue {
  return {
    dns: list(host.Dns),
    dns_opts: list(host.DnsOptions),
    dns_search: list(host.DnsSearch),
    publish_all_ports: host.PublishAllPorts ?? false,
    host: list(host.ExtraHosts).map(hostBlock),
  };
}

function hostBlock(entry: string): ObjectValue {
  const at = entry.indexOf(":");
  return { host: entry.slice(0, at), ip: entry.slice(at + 1) };
}

function rateState(host: HostConfig): ObjectValue {
  return {
    blkio_weight: host.BlkioWeight ?? 0,
    device_read_bps: rates(host.BlkioDeviceReadBps),
    device_read_iops: rates(host.BlkioDeviceReadIOps),
    device_write_bps: rates(host.BlkioDeviceWriteBps),
    device_write_iops: rates(host.BlkioDeviceWriteIOps),
  };
}

function rates(limits: readonly DeviceRate[] | null | undefined): ObjectValue[] {
  return (limits ?? []).map((limit) => ({ path: limit.Path, rate: limit.Rate }));
}

/** Options that nobody configured are the daemon's own defaults: not ours to report. */
function logState({ inspect: { HostConfig: host }, prior }: ContainerView): ObjectValue {
  const driver = text(prior["log_driver"]);
  const changed = driver !== undefined && driver !== host.LogConfig?.Type;
  const configured = prior["log_opts"] === undefined || !isZero(prior["log_opts"]);
  const options: ObjectValue = configured || changed ? { log_opts: { ...host.LogConfig?.Config } } : {};
  return { log_driver: host.LogConfig?.Type ?? "", ...options };
}

function list(values: readonly string[] | null | undefined): readonly string[] {
  return values ?? [];
}
