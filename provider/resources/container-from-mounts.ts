import { blocks, text, type ObjectValue } from "../value";
import type { HostConfig, MountConfig } from "./container-api";
import type { ContainerView } from "./container-view";

/** The mounts of a container as they were asked for. */
export function mountBlocks(host: Pick<HostConfig, "Mounts">): ObjectValue[] {
  return (host.Mounts ?? []).map((mount) => ({
    type: mount.Type,
    source: mount.Source ?? "",
    target: mount.Target,
    read_only: mount.ReadOnly ?? false,
    bind_options: mount.BindOptions ? [{ propagation: mount.BindOptions.Propagation ?? "" }] : [],
    tmpfs_options: mount.TmpfsOptions ? [{ size_bytes: mount.TmpfsOptions.SizeBytes ?? 0, mode: mount.TmpfsOptions.Mode ?? 0 }] : [],
    volume_options: mount.VolumeOptions ? [volumeOptions(mount.VolumeOptions)] : [],
  }));
}

function volumeOptions(options: NonNullable<MountConfig["VolumeOptions"]>): ObjectValue {
  return {
    no_copy: options.NoCopy ?? false,
    driver_name: options.DriverConfig?.Name ?? "",
    driver_options: { ...options.DriverConfig?.Options },
    subpath: options.Subpath ?? "",
    labels: Object.entries(options.Labels ?? {}).map(([label, value]) => ({ label, value })),
  };
}

/** Binds, volumes of other containers and anonymous volumes. */
export function volumeBlocks({ inspect, image, prior }: ContainerView): ObjectValue[] {
  const inherited = image?.Volumes ?? {};
  const before = new Set(blocks(prior["volumes"]).map((volume) => text(volume["container_path"])));
  const anonymous = Object.keys(inspect.Config.Volumes ?? {}).filter((path) => before.has(path) || !(path in inherited));
  return [
    ...(inspect.HostConfig.Binds ?? []).map(bindBlock),
    ...(inspect.HostConfig.VolumesFrom ?? []).map(fromBlock),
    ...anonymous.map((path) => volume({ container_path: path })),
  ];
}

function bindBlock(bind: string): ObjectValue {
  const [source = "", path = "", options = ""] = bind.split(":");
  const flags = options.split(",");
  const relabel = flags.find((option) => option.toLowerCase() === "z") ?? "";
  const place = source.startsWith("/") ? { host_path: source } : { volume_name: source };
  return volume({ ...place, container_path: path, read_only: flags.includes("ro"), selinux_relabel: relabel });
}

function fromBlock(entry: string): ObjectValue {
  const [container = "", mode = ""] = entry.split(":");
  return volume({ from_container: container, read_only: mode === "ro" });
}

function volume(set: ObjectValue): ObjectValue {
  return { container_path: "", volume_name: "", host_path: "", from_container: "", read_only: false, selinux_relabel: "", ...set };
}
