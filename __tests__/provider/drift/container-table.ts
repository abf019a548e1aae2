import { BLOCKS } from "./container-blocks-table";
import { acted, seen, unseen, type DriftTable } from "./case";
import { TREATMENT } from "./reasons";

const MIB = 2 ** 20;
const limit = (name: string, value: unknown) => seen(`HostConfig.${name}`, value);

const PROCESS = {
  image: seen("Image", "localhost/drift-other:1"),
  command: seen("Config.Cmd", ["sleep", "9"]),
  entrypoint: seen("Config.Entrypoint", ["/bin/time"]),
  env: seen("Config.Env", ["A=2", "PATH=/bin"]),
  user: seen("Config.User", "2000"),
  group_add: seen("HostConfig.GroupAdd", ["11"]),
  working_dir: seen("Config.WorkingDir", "/etc"),
  init: seen("HostConfig.Init", false),
  stop_signal: seen("Config.StopSignal", "SIGQUIT"),
  stop_timeout: seen("Config.StopTimeout", 8),
  stdin_open: seen("Config.OpenStdin", false),
  tty: seen("Config.Tty", false),
  runtime: seen("HostConfig.Runtime", "io.containerd.runc.v2"),
  platform: acted("another image of the name, of another platform, is what it runs", "a new one, for `image` too"),
  hostname: seen("Config.Hostname", "other"),
  domainname: seen("Config.Domainname", "other.example"),
};

const LIMITS = {
  memory: limit("Memory", 48 * MIB),
  memory_swap: limit("MemorySwap", 96 * MIB),
  memory_reservation: limit("MemoryReservation", 16 * MIB),
  shm_size: seen("HostConfig.ShmSize", 8 * MIB),
  cpu_shares: limit("CpuShares", 256),
  cpu_set: limit("CpusetCpus", "0-1"),
  cpu_period: limit("CpuPeriod", 50_000),
  cpu_quota: limit("CpuQuota", 40_000),
  cpus: seen("HostConfig.NanoCpus", 1e9, { variant: "cpus" }),
  pids_limit: limit("PidsLimit", 40),
  blkio_weight: seen("HostConfig.BlkioWeight", 300, { variant: "answered" }),
  oom_score_adj: seen("HostConfig.OomScoreAdj", 200),
  gpus: seen("HostConfig.DeviceRequests.0.Count", 2, { variant: "gpus" }),
  restart: seen("HostConfig.RestartPolicy.Name", "always", { variant: "restart" }),
  max_retry_count: limit("RestartPolicy.MaximumRetryCount", 4),
};

const ISOLATION = {
  privileged: seen("HostConfig.Privileged", false),
  read_only: seen("HostConfig.ReadonlyRootfs", false),
  security_opts: seen("HostConfig.SecurityOpt", []),
  sysctls: seen("HostConfig.Sysctls", { "net.ipv4.ip_forward": "0" }),
  tmpfs: seen("HostConfig.Tmpfs", { "/run": "size=2m" }),
  storage_opts: seen("HostConfig.StorageOpt", { size: "2G" }, { variant: "answered" }),
  cgroup_parent: seen("HostConfig.CgroupParent", "/other"),
  cgroupns_mode: seen("HostConfig.CgroupnsMode", "private"),
  ipc_mode: seen("HostConfig.IpcMode", "shareable"),
  pid_mode: seen("HostConfig.PidMode", ""),
  uts_mode: seen("HostConfig.UTSMode", "", { variant: "bind" }),
  userns_mode: seen("HostConfig.UsernsMode", ""),
};

const NETWORKING = {
  dns: seen("HostConfig.Dns", ["192.0.2.2"]),
  dns_opts: seen("HostConfig.DnsOptions", ["ndots:2"]),
  dns_search: seen("HostConfig.DnsSearch", ["other.example"]),
  network_mode: seen("HostConfig.NetworkMode", "none", { variant: "mode" }),
  publish_all_ports: seen("HostConfig.PublishAllPorts", false),
};

const treatment = unseen(TREATMENT);

/** A container: what another one in its place has otherwise. */
export const CONTAINER: DriftTable = {
  type: "docker_container",
  cases: {
    name: acted("it is renamed", "a new one"),
    id: acted("it is removed", "a new one"),
    must_run: acted("it is stopped", "started again, in place"),
    start: treatment,
    attach: treatment,
    logs: treatment,
    rm: seen("HostConfig.AutoRemove", false, { variant: "rm" }),
    wait: treatment,
    wait_timeout: treatment,
    destroy_grace_seconds: treatment,
    remove_volumes: treatment,
    container_read_refresh_timeout_milliseconds: treatment,
    log_driver: seen("HostConfig.LogConfig.Type", "local"),
    log_opts: seen("HostConfig.LogConfig.Config", { "max-size": "2m" }),
    ...PROCESS,
    ...LIMITS,
    ...ISOLATION,
    ...NETWORKING,
    ...BLOCKS,
  },
};
