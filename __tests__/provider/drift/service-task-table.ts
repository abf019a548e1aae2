import { seen, type DriftCase, type Seen } from "./case";

const SECOND = 1e9;
type Details = Partial<Omit<Seen, "kind" | "place" | "value">>;

const task = (place: string, value: unknown, details: Details = {}) => seen(`Spec.TaskTemplate.${place}`, value, details);
const container = (place: string, value: unknown, details: Details = {}) => task(`ContainerSpec.${place}`, value, details);

function under(prefix: string, cases: { readonly [name: string]: DriftCase }): { readonly [path: string]: DriftCase } {
  return Object.fromEntries(Object.entries(cases).map(([name, entry]) => [`${prefix}.${name}`, entry]));
}

const PROCESS = {
  image: container("Image", "probe:2"),
  command: container("Command", ["other"]),
  args: container("Args", ["9"]),
  env: container("Env", ["A=2"]),
  user: container("User", "2000"),
  groups: container("Groups", ["11"]),
  dir: container("Dir", "/etc"),
  hostname: container("Hostname", "other"),
  init: container("Init", false),
  stop_signal: container("StopSignal", "SIGINT"),
  stop_grace_period: container("StopGracePeriod", 20 * SECOND),
  read_only: container("ReadOnly", false),
  cap_add: container("CapabilityAdd", ["CAP_CHOWN"]),
  cap_drop: container("CapabilityDrop", ["CAP_KILL"]),
  sysctl: container("Sysctls", { "net.core.somaxconn": "256" }),
  isolation: container("Isolation", "process"),
};

const reference = (kind: "Secret" | "Config", block: string) => ({
  [`${block}.${kind.toLowerCase()}_id`]: container(`${kind}s.0.${kind}ID`, `id of another ${kind.toLowerCase()}`, { variant: "answered" }),
  [`${block}.${kind.toLowerCase()}_name`]: container(`${kind}s.0.${kind}Name`, "other", { variant: "answered" }),
  [`${block}.file_name`]: container(`${kind}s.0.File.Name`, "other"),
  [`${block}.file_uid`]: container(`${kind}s.0.File.UID`, "1"),
  [`${block}.file_gid`]: container(`${kind}s.0.File.GID`, "1"),
  [`${block}.file_mode`]: container(`${kind}s.0.File.Mode`, 0o400),
});

const health = (name: string, value: unknown) => container(`Healthcheck.${name}`, value);
const selinux = (name: string, value: unknown) => container(`Privileges.SELinuxContext.${name}`, value);
// A mount with labels of its own is another mount by any change, and labels make a new service.
const mount = (place: string, value: unknown) => container(`Mounts.0.${place}`, value, { mended: "by a new one" });
const volume = (name: string, value: unknown) => mount(`VolumeOptions.${name}`, value);

const MOUNTS = {
  "mounts.type": container(
    "Mounts.0",
    { Type: "bind", Source: "drift-data", Target: "/data", ReadOnly: true },
    {
      variant: "answered",
    },
  ),
  "mounts.target": mount("Target", "/other"),
  "mounts.source": mount("Source", "drift-other"),
  "mounts.read_only": mount("ReadOnly", false),
  "mounts.bind_options.propagation": container("Mounts.0.BindOptions.Propagation", "rslave", { variant: "bind" }),
  "mounts.tmpfs_options.mode": container("Mounts.0.TmpfsOptions.Mode", 0o755, { variant: "tmpfs" }),
  "mounts.tmpfs_options.size_bytes": container("Mounts.0.TmpfsOptions.SizeBytes", 8192, { variant: "tmpfs" }),
  "mounts.volume_options.driver_name": volume("DriverConfig.Name", "other"),
  "mounts.volume_options.driver_options": volume("DriverConfig.Options", { a: "2" }),
  "mounts.volume_options.no_copy": volume("NoCopy", false),
  "mounts.volume_options.labels.label": volume("Labels", { other: "web" }),
  "mounts.volume_options.labels.value": volume("Labels", { tier: "other" }),
};

const CONTAINER = under("container_spec", {
  ...PROCESS,
  ...reference("Config", "configs"),
  "dns_config.nameservers": container("DNSConfig.Nameservers", ["192.0.2.2"]),
  "dns_config.options": container("DNSConfig.Options", ["ndots:2"]),
  "dns_config.search": container("DNSConfig.Search", ["other.example"]),
  "healthcheck.test": health("Test", ["CMD", "false"]),
  "healthcheck.interval": health("Interval", 20 * SECOND),
  "healthcheck.timeout": health("Timeout", 20 * SECOND),
  "healthcheck.start_period": health("StartPeriod", 20 * SECOND),
  "healthcheck.retries": health("Retries", 4),
  "hosts.host": container("Hosts.0", "192.0.2.1 other"),
  "hosts.ip": container("Hosts.0", "192.0.2.2 db"),
  "labels.label": container("Labels", { other: "web" }),
  "labels.value": container("Labels", { tier: "other" }),
  ...MOUNTS,
  "privileges.credential_spec.file": container("Privileges.CredentialSpec.File", "other", { variant: "bind" }),
  "privileges.credential_spec.registry": container("Privileges.CredentialSpec.Registry", "other", { variant: "tmpfs" }),
  "privileges.se_linux_context.disable": selinux("Disable", false),
  "privileges.se_linux_context.level": selinux("Level", "other"),
  "privileges.se_linux_context.role": selinux("Role", "other"),
  "privileges.se_linux_context.type": selinux("Type", "other"),
  "privileges.se_linux_context.user": selinux("User", "other"),
  ...reference("Secret", "secrets"),
});

const resources = (place: string, value: unknown) => task(`Resources.${place}`, value);
const generic = (name: string, value: unknown, variant: string) =>
  task("Resources.Reservations.GenericResources", [{ [name]: value }], { variant });

// Of a network that differs the engine's id is shown beside the configured name.
const NETWORK_ID = ["task_spec.networks_advanced.id"];

/** What each task of a service is. */
export const TASK = under("task_spec", {
  force_update: task("ForceUpdate", 4),
  runtime: task("Runtime", "plugin", { variant: "answered" }),
  ...CONTAINER,
  "log_driver.name": task("LogDriver.Name", "local"),
  "log_driver.options": task("LogDriver.Options", { "max-size": "2m" }),
  "networks_advanced.name": task("Networks.0.Target", "id of another network", { variant: "answered", with: NETWORK_ID }),
  "networks_advanced.id": task("Networks.0.Target", "id of another network", { variant: "answered by id" }),
  "networks_advanced.aliases": task("Networks.0.Aliases", ["other"], { with: NETWORK_ID }),
  "networks_advanced.driver_opts": task("Networks.0.DriverOpts", { a: "2" }, { with: NETWORK_ID }),
  "placement.constraints": task("Placement.Constraints", ["node.role==worker"]),
  "placement.max_replicas": task("Placement.MaxReplicas", 2),
  "placement.prefs": task("Placement.Preferences", [{ Spread: { SpreadDescriptor: "node.labels.zone" } }]),
  "placement.platforms.architecture": task("Placement.Platforms.0.Architecture", "arm64"),
  "placement.platforms.os": task("Placement.Platforms.0.OS", "windows"),
  "resources.limits.memory_bytes": resources("Limits.MemoryBytes", 128 * 2 ** 20),
  "resources.limits.nano_cpus": resources("Limits.NanoCPUs", 2e8),
  "resources.reservation.memory_bytes": resources("Reservations.MemoryBytes", 16 * 2 ** 20),
  "resources.reservation.nano_cpus": resources("Reservations.NanoCPUs", 5e7),
  "resources.reservation.generic_resources.named_resources_spec": generic("NamedResourceSpec", { Kind: "GPU", Value: "B" }, "bind"),
  "resources.reservation.generic_resources.discrete_resources_spec": generic("DiscreteResourceSpec", { Kind: "SSD", Value: 4 }, "tmpfs"),
  "restart_policy.condition": task("RestartPolicy.Condition", "none"),
  "restart_policy.delay": task("RestartPolicy.Delay", 20 * SECOND),
  "restart_policy.max_attempts": task("RestartPolicy.MaxAttempts", 5),
  "restart_policy.window": task("RestartPolicy.Window", 20 * SECOND),
});
