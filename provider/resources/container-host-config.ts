import { blocks, flag, integer, text, textMap, texts, type ObjectValue } from "../value";
import type { DeviceRate, DeviceRequest, HostConfig, MountConfig } from "./container-api";
import { capabilityName } from "./container-equal";
import { portBindings } from "./container-ports";
import { MEBIBYTE } from "./size";

const NANO = 1e9;

/** The part of the creation that is about the host, without limits and network mode. */
export function hostConfig(planned: ObjectValue): HostConfig {
  return { ...storage(planned), ...isolation(planned), ...networking(planned), ...devices(planned), ...choices(planned) };
}

function storage(planned: ObjectValue): HostConfig {
  const volumes = blocks(planned["volumes"]);
  return {
    Binds: volumes.flatMap((volume) => bind(volume) ?? []),
    VolumesFrom: volumes.flatMap((volume) => volumesFrom(volume) ?? []),
    Mounts: blocks(planned["mounts"]).map(mountConfig),
    Tmpfs: textMap(planned["tmpfs"]),
    StorageOpt: textMap(planned["storage_opts"]),
    ShmSize: (integer(planned["shm_size"]) ?? 0) * MEBIBYTE,
  };
}

function isolation(planned: ObjectValue): HostConfig {
  const [capabilities] = blocks(planned["capabilities"]);
  return {
    CapAdd: texts(capabilities?.["add"]).map(capabilityName),
    CapDrop: texts(capabilities?.["drop"]).map(capabilityName),
    Privileged: flag(planned["privileged"]) ?? false,
    ReadonlyRootfs: flag(planned["read_only"]) ?? false,
    SecurityOpt: texts(planned["security_opts"]),
    Sysctls: textMap(planned["sysctls"]),
    GroupAdd: texts(planned["group_add"]),
    CgroupParent: text(planned["cgroup_parent"]) ?? "",
    CgroupnsMode: text(planned["cgroupns_mode"]) ?? "",
    IpcMode: text(planned["ipc_mode"]) ?? "",
    PidMode: text(planned["pid_mode"]) ?? "",
    UsernsMode: text(planned["userns_mode"]) ?? "",
    UTSMode: text(planned["uts_mode"]) ?? "",
    OomScoreAdj: integer(planned["oom_score_adj"]) ?? 0,
    Ulimits: blocks(planned["ulimit"]).map((limit) => ({
      Name: text(limit["name"]) ?? "",
      Soft: integer(limit["soft"]) ?? 0,
      Hard: integer(limit["hard"]) ?? 0,
    })),
  };
}

function networking(planned: ObjectValue): HostConfig {
  return {
    PortBindings: portBindings(planned),
    PublishAllPorts: flag(planned["publish_all_ports"]) ?? false,
    Dns: texts(planned["dns"]),
    DnsOptions: texts(planned["dns_opts"]),
    DnsSearch: texts(planned["dns_search"]),
    ExtraHosts: blocks(planned["host"]).map((host) => `${text(host["host"]) ?? ""}:${text(host["ip"]) ?? ""}`),
  };
}

function choices(planned: ObjectValue): HostConfig {
  const init = flag(planned["init"]);
  const cpus = Number(text(planned["cpus"]) ?? 0);
  return {
    // The exit code of an attached one is read first; it is removed afterwards.
    AutoRemove: flag(planned["rm"]) === true && flag(planned["attach"]) !== true,
    ...(init === undefined ? {} : { Init: init }),
    ...(cpus > 0 ? { NanoCpus: Math.round(cpus * NANO) } : {}),
    Runtime: text(planned["runtime"]) ?? "",
    LogConfig: { Type: text(planned["log_driver"]) ?? "", Config: textMap(planned["log_opts"]) },
  };
}

function devices(planned: ObjectValue): HostConfig {
  return {
    Devices: blocks(planned["devices"]).map((device) => ({
      PathOnHost: text(device["host_path"]) ?? "",
      PathInContainer: text(device["container_path"]) || (text(device["host_path"]) ?? ""),
      CgroupPermissions: text(device["permissions"]) || "rwm",
    })),
    DeviceRequests: [...blocks(planned["device_requests"]).map(deviceRequest), ...gpuRequest(text(planned["gpus"]))],
    BlkioWeight: integer(planned["blkio_weight"]) ?? 0,
    BlkioDeviceReadBps: rates(planned, "device_read_bps"),
    BlkioDeviceReadIOps: rates(planned, "device_read_iops"),
    BlkioDeviceWriteBps: rates(planned, "device_write_bps"),
    BlkioDeviceWriteIOps: rates(planned, "device_write_iops"),
  };
}

function rates(planned: ObjectValue, name: string): DeviceRate[] {
  return blocks(planned[name]).map((limit) => ({ Path: text(limit["path"]) ?? "", Rate: integer(limit["rate"]) ?? 0 }));
}

function deviceRequest(request: ObjectValue): DeviceRequest {
  return {
    Driver: text(request["driver"]) ?? "",
    Count: integer(request["count"]) ?? 0,
    DeviceIDs: texts(request["device_ids"]),
    Capabilities: texts(request["capabilities"]).length > 0 ? [texts(request["capabilities"])] : [],
    Options: textMap(request["options"]),
  };
}

/** The `--gpus` of the docker client: `all`, a number, or `device=0,1`. */
export function gpuRequest(gpus: string | undefined): DeviceRequest[] {
  if (!gpus) return [];
  const ids = /^device=(.+)$/.exec(gpus)?.[1];
  const selection = ids !== undefined ? { DeviceIDs: ids.split(",") } : { Count: gpus === "all" ? -1 : Number(gpus) };
  return [{ Driver: "", ...selection, Capabilities: [["gpu"]], Options: {} }];
}

function bind(volume: ObjectValue): string | undefined {
  const source = text(volume["volume_name"]) || text(volume["host_path"]);
  if (!source || text(volume["from_container"])) return undefined;
  const options = [flag(volume["read_only"]) ? "ro" : "rw", text(volume["selinux_relabel"])].filter(Boolean).join(",");
  return `${source}:${text(volume["container_path"]) ?? ""}:${options}`;
}

function volumesFrom(volume: ObjectValue): string | undefined {
  const container = text(volume["from_container"]);
  return container ? `${container}:${flag(volume["read_only"]) ? "ro" : "rw"}` : undefined;
}

/** A planned mount as the engine takes it. */
export function mountConfig(mount: ObjectValue): MountConfig {
  const [bindOptions] = blocks(mount["bind_options"]);
  const [tmpfsOptions] = blocks(mount["tmpfs_options"]);
  const [volumeOptions] = blocks(mount["volume_options"]);
  return {
    Type: text(mount["type"]) ?? "",
    Source: text(mount["source"]) ?? "",
    Target: text(mount["target"]) ?? "",
    ReadOnly: flag(mount["read_only"]) ?? false,
    ...(bindOptions ? { BindOptions: { Propagation: text(bindOptions["propagation"]) ?? "" } } : {}),
    ...(tmpfsOptions
      ? { TmpfsOptions: { SizeBytes: integer(tmpfsOptions["size_bytes"]) ?? 0, Mode: integer(tmpfsOptions["mode"]) ?? 0 } }
      : {}),
    ...(volumeOptions ? { VolumeOptions: volumeOptionsConfig(volumeOptions) } : {}),
  };
}

function volumeOptionsConfig(options: ObjectValue): NonNullable<MountConfig["VolumeOptions"]> {
  const driver = text(options["driver_name"]);
  const subpath = text(options["subpath"]);
  const labels = blocks(options["labels"]).map((label) => [text(label["label"]) ?? "", text(label["value"]) ?? ""]);
  return {
    NoCopy: flag(options["no_copy"]) ?? false,
    Labels: Object.fromEntries(labels) as Record<string, string>,
    ...(driver ? { DriverConfig: { Name: driver, Options: textMap(options["driver_options"]) } } : {}),
    ...(subpath ? { Subpath: subpath } : {}),
  };
}
