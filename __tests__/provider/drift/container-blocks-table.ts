import { acted, seen, unseen, type DriftCase } from "./case";
import { TREATMENT } from "./reasons";

const host = (place: string, value: unknown, details = {}) => seen(`HostConfig.${place}`, value, details);
const health = (name: string, value: unknown) => seen(`Config.Healthcheck.${name}`, value);
const network = (place: string, value: unknown, details = {}) => seen(`NetworkSettings.Networks.drift-net.${place}`, value, details);
const uploaded = (act: string) => acted(act, "a new one");
const SECOND = 1e9;

/** A limit of one device. */
const rates = (name: string, place: string) => ({
  [`${name}.path`]: host(`${place}.0.Path`, "/dev/sdb"),
  [`${name}.rate`]: host(`${place}.0.Rate`, 2048),
});

const DEVICES = {
  ...rates("device_read_bps", "BlkioDeviceReadBps"),
  ...rates("device_read_iops", "BlkioDeviceReadIOps"),
  ...rates("device_write_bps", "BlkioDeviceWriteBps"),
  ...rates("device_write_iops", "BlkioDeviceWriteIOps"),
  "device_requests.capabilities": host("DeviceRequests.0.Capabilities", [["compute"]]),
  "device_requests.count": host("DeviceRequests.0.Count", 3),
  "device_requests.device_ids": host("DeviceRequests.0.DeviceIDs", ["b"], { variant: "device ids" }),
  "device_requests.driver": host("DeviceRequests.0.Driver", "other"),
  "device_requests.options": host("DeviceRequests.0.Options", { a: "2" }),
  "devices.host_path": host("Devices.0.PathOnHost", "/dev/zero"),
  "devices.container_path": host("Devices.0.PathInContainer", "/dev/other"),
  "devices.permissions": host("Devices.0.CgroupPermissions", "rwm"),
};

const HEALTH = {
  "healthcheck.test": health("Test", ["CMD", "false"]),
  "healthcheck.interval": health("Interval", 20 * SECOND),
  "healthcheck.timeout": health("Timeout", 20 * SECOND),
  "healthcheck.start_period": health("StartPeriod", 20 * SECOND),
  "healthcheck.start_interval": seen("Config.Healthcheck.StartInterval", 20 * SECOND, { variant: "answered", since: "1.44" }),
  "healthcheck.retries": health("Retries", 4),
};

const VOLUME = { Type: "volume", Source: "drift-data", Target: "/data", ReadOnly: true };
const BIND = { Type: "bind", Source: "/etc", Target: "/data", ReadOnly: true };
const options = (name: string, value: unknown) => host(`Mounts.0.VolumeOptions.${name}`, value);

const MOUNTS = {
  "mounts.type": host("Mounts", [BIND], { with: ["mounts.source", "mounts.volume_options"] }),
  "mounts.target": host("Mounts.0.Target", "/other"),
  "mounts.source": host("Mounts.0.Source", "drift-other"),
  "mounts.read_only": host("Mounts.0.ReadOnly", false),
  "mounts.bind_options.propagation": host("Mounts.0.BindOptions.Propagation", "rslave", { variant: "bind" }),
  "mounts.tmpfs_options.mode": host("Mounts.0.TmpfsOptions.Mode", 0o755, { variant: "tmpfs" }),
  "mounts.tmpfs_options.size_bytes": host("Mounts.0.TmpfsOptions.SizeBytes", 8192, { variant: "tmpfs" }),
  "mounts.volume_options.driver_name": host("Mounts", [{ ...VOLUME, VolumeOptions: { NoCopy: true, Labels: { tier: "web" } } }], {
    with: ["mounts.volume_options.driver_options"],
  }),
  "mounts.volume_options.driver_options": options("DriverConfig.Options", { type: "tmpfs", device: "tmpfs", o: "size=2m" }),
  "mounts.volume_options.no_copy": options("NoCopy", false),
  "mounts.volume_options.subpath": host("Mounts.0.VolumeOptions.Subpath", "other", { variant: "answered", since: "1.45" }),
  "mounts.volume_options.labels.label": options("Labels", { other: "web" }),
  "mounts.volume_options.labels.value": options("Labels", { tier: "other" }),
};

const NETWORKS = {
  "networks_advanced.name": acted("it is taken out of the network, or put into another", "joined again or left, in place"),
  "networks_advanced.aliases": network("Aliases", ["other"], { mended: "in place" }),
  "networks_advanced.ipv4_address": network("IPAMConfig.IPv4Address", "10.213.7.8", { mended: "in place" }),
  "networks_advanced.ipv6_address": network("IPAMConfig.IPv6Address", "fd00:213:7::8", { mended: "in place" }),
  "networks_advanced.link_local_ips": network("IPAMConfig.LinkLocalIPs", ["169.254.7.8"], { mended: "in place" }),
  "networks_advanced.mac_address": network("MacAddress", "02:42:0a:d5:07:08", { variant: "answered", since: "1.44", mended: "in place" }),
  "networks_advanced.driver_opts": network("DriverOpts", { a: "2" }, { mended: "in place" }),
  "networks_advanced.gw_priority": network("GwPriority", 8, { variant: "answered", since: "1.48", mended: "in place" }),
};

const binding = (port: string, ip: string, external: string) => ({ [port]: [{ HostIp: ip, HostPort: external }] });

const PORTS = {
  "ports.internal": host("PortBindings", binding("81/tcp", "127.0.0.1", "18097")),
  "ports.external": host("PortBindings", binding("80/tcp", "127.0.0.1", "18098")),
  "ports.ip": host("PortBindings", binding("80/tcp", "127.0.0.2", "18097")),
  "ports.protocol": host("PortBindings", binding("80/udp", "127.0.0.1", "18097")),
};

const VOLUMES = {
  "volumes.container_path": host("Binds.0", "drift-data:/other:ro,z"),
  "volumes.volume_name": host("Binds.0", "drift-other:/volume:ro,z"),
  "volumes.host_path": host("Binds.0", "/var:/volume:rw", { variant: "bind" }),
  "volumes.from_container": host("VolumesFrom.0", "drift-other:rw", { variant: "tmpfs" }),
  "volumes.read_only": host("Binds.0", "drift-data:/volume:rw,z"),
  "volumes.selinux_relabel": host("Binds.0", "drift-data:/volume:ro,Z"),
};

const UPLOAD = {
  "upload.file": uploaded("the file is moved"),
  "upload.content": uploaded("the file is written anew"),
  "upload.content_base64": uploaded("the file is written anew"),
  "upload.source": uploaded("the file is written anew"),
  "upload.source_hash": uploaded("the file is written anew; it is what tells that the source here has changed"),
  "upload.executable": uploaded("the mode is changed"),
  "upload.permissions": uploaded("the mode is changed"),
};

const treatment = unseen(TREATMENT);

/** The nested blocks of a container. */
export const BLOCKS: { readonly [path: string]: DriftCase } = {
  "capabilities.add": host("CapAdd", ["CAP_CHOWN", "CAP_FOWNER"]),
  "capabilities.drop": host("CapDrop", ["CAP_KILL"]),
  ...DEVICES,
  ...HEALTH,
  "host.host": host("ExtraHosts.0", "other:192.0.2.1"),
  "host.ip": host("ExtraHosts.0", "db:192.0.2.2"),
  "labels.label": seen("Config.Labels", { other: "web" }),
  "labels.value": seen("Config.Labels", { tier: "other" }),
  ...MOUNTS,
  ...NETWORKS,
  ...PORTS,
  "timeouts.create": treatment,
  "timeouts.update": treatment,
  "timeouts.delete": treatment,
  "ulimit.name": host("Ulimits.0.Name", "core"),
  "ulimit.soft": host("Ulimits.0.Soft", 5),
  "ulimit.hard": host("Ulimits.0.Hard", 30),
  ...UPLOAD,
  ...VOLUMES,
};
