import type { ObjectValue } from "../../../provider/value";
import type { Variants } from "./case";

const BASE = { name: "drift-c", image: "probe:1", start: false } as const;

const COMMON = {
  ...BASE,
  command: ["sleep", "500"],
  entrypoint: ["/bin/env"],
  env: ["A=1"],
  user: "1000",
  group_add: ["10"],
  working_dir: "/tmp",
  init: true,
  stop_signal: "SIGINT",
  stop_timeout: 7,
  stdin_open: true,
  tty: true,
  runtime: "runc",
  hostname: "app",
  domainname: "example",
  memory: 64,
  memory_swap: 128,
  memory_reservation: 32,
  shm_size: 16,
  cpu_shares: 512,
  cpu_set: "0",
  cpu_period: 100_000,
  cpu_quota: 50_000,
  pids_limit: 50,
  oom_score_adj: 100,
  restart: "on-failure",
  max_retry_count: 3,
  privileged: true,
  read_only: true,
  security_opts: ["no-new-privileges:true"],
  sysctls: { "net.ipv4.ip_forward": "1" },
  tmpfs: { "/run": "size=1m" },
  cgroup_parent: "/app",
  cgroupns_mode: "host",
  ipc_mode: "private",
  pid_mode: "host",
  userns_mode: "host",
  dns: ["192.0.2.1"],
  dns_opts: ["ndots:1"],
  dns_search: ["example"],
  publish_all_ports: true,
  log_driver: "json-file",
  log_opts: { "max-size": "1m" },
} as const satisfies ObjectValue;

const rate = [{ path: "/dev/sda", rate: 1024 }];

const BLOCKS = {
  capabilities: [{ add: ["CAP_CHOWN"], drop: ["CAP_SYS_TIME"] }],
  device_read_bps: rate,
  device_read_iops: rate,
  device_write_bps: rate,
  device_write_iops: rate,
  device_requests: [{ driver: "cdi", count: 1, capabilities: ["gpu"], options: { a: "1" } }],
  devices: [{ host_path: "/dev/null", container_path: "/dev/app", permissions: "rw" }],
  healthcheck: [{ test: ["CMD", "true"], interval: "10s", timeout: "10s", start_period: "10s", retries: 3 }],
  host: [{ host: "db", ip: "192.0.2.1" }],
  labels: [{ label: "tier", value: "web" }],
  mounts: [
    {
      type: "volume",
      source: "drift-data",
      target: "/data",
      read_only: true,
      volume_options: [
        {
          driver_name: "local",
          driver_options: { type: "tmpfs", device: "tmpfs", o: "size=1m" },
          no_copy: true,
          labels: [{ label: "tier", value: "web" }],
        },
      ],
    },
  ],
  networks_advanced: [
    {
      name: "drift-net",
      aliases: ["app"],
      ipv4_address: "10.213.7.7",
      ipv6_address: "fd00:213:7::7",
      link_local_ips: ["169.254.7.7"],
      driver_opts: ["a=1"],
    },
  ],
  ports: [{ internal: 80, external: 18_097, ip: "127.0.0.1", protocol: "tcp" }],
  ulimit: [{ name: "nofile", soft: 10, hard: 20 }],
  volumes: [{ volume_name: "drift-data", container_path: "/volume", read_only: true, selinux_relabel: "z" }],
} as const satisfies ObjectValue;

/** Configurations that together set every attribute of which the engine knows: some exclude each other. */
export const VARIANTS: Variants = {
  common: { ...COMMON, ...BLOCKS },
  cpus: { ...BASE, cpus: "1.5" },
  gpus: { ...BASE, gpus: "all" },
  "device ids": { ...BASE, device_requests: [{ driver: "cdi", device_ids: ["a"], capabilities: ["gpu"] }] },
  restart: { ...BASE, restart: "unless-stopped" },
  rm: { ...BASE, rm: true },
  mode: { ...BASE, network_mode: "host" },
  bind: {
    ...BASE,
    uts_mode: "host",
    mounts: [{ type: "bind", source: "/etc", target: "/data", bind_options: [{ propagation: "rprivate" }] }],
    volumes: [{ host_path: "/etc", container_path: "/volume" }],
  },
  tmpfs: {
    ...BASE,
    mounts: [{ type: "tmpfs", target: "/data", tmpfs_options: [{ mode: 0o700, size_bytes: 4096 }] }],
    volumes: [{ from_container: "drift-source" }],
  },
};

const NETWORK = { name: "drift-net", aliases: ["app"] };
const MOUNT = { type: "volume", source: "drift-data", target: "/data" };
const HEALTH = { test: ["CMD", "true"], interval: "10s" };

/** What every engine can make, of {@link ANSWERED}. */
export const MADE: ObjectValue = {
  ...BASE,
  networks_advanced: [NETWORK],
  mounts: [{ ...MOUNT, volume_options: [{ no_copy: true }] }],
  healthcheck: [HEALTH],
};

/** What only newer engines have, or those with another file system. */
export const ANSWERED: ObjectValue = {
  ...BASE,
  storage_opts: { size: "1G" },
  blkio_weight: 200,
  networks_advanced: [{ ...NETWORK, mac_address: "02:42:0a:d5:07:07", gw_priority: 7 }],
  mounts: [{ ...MOUNT, volume_options: [{ no_copy: true, subpath: "app" }] }],
  healthcheck: [{ ...HEALTH, start_interval: "10s" }],
};

/** How such an engine answers for a container that is as configured. */
export const ANSWERS: readonly (readonly [place: string, value: unknown])[] = [
  ["HostConfig.StorageOpt", { size: "1G" }],
  ["HostConfig.BlkioWeight", 200],
  ["NetworkSettings.Networks.drift-net.MacAddress", "02:42:0a:d5:07:07"],
  ["NetworkSettings.Networks.drift-net.GwPriority", 7],
  ["HostConfig.Mounts.0.VolumeOptions.Subpath", "app"],
  ["Config.Healthcheck.StartInterval", 10e9],
];
