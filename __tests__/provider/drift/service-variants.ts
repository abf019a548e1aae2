import type { ObjectValue } from "../../../provider/value";
import type { Variants } from "./case";

/** Ids of what a service refers to. */
export interface References {
  readonly secret: string;
  readonly config: string;
  readonly network: string;
}

const ROLLOUT = {
  parallelism: 2,
  delay: "10s",
  failure_action: "continue",
  monitor: "10s",
  max_failure_ratio: "0.25",
  order: "start-first",
};
const LABELS = [{ label: "tier", value: "web" }];
const NONE = [{ replicated: [{ replicas: 0 }] }];

const containerSpec = ({ secret, config }: References): ObjectValue => ({
  image: "probe:1",
  command: ["sleep"],
  args: ["900"],
  env: { A: "1" },
  user: "1000",
  groups: ["10"],
  dir: "/tmp",
  hostname: "app",
  init: true,
  stop_signal: "SIGQUIT",
  stop_grace_period: "10s",
  read_only: true,
  cap_add: ["CAP_NET_RAW"],
  cap_drop: ["CAP_SYS_TIME"],
  sysctl: { "net.core.somaxconn": "512" },
  isolation: "default",
  labels: LABELS,
  hosts: [{ host: "db", ip: "192.0.2.1" }],
  dns_config: [{ nameservers: ["192.0.2.1"], options: ["ndots:1"], search: ["example"] }],
  healthcheck: [{ test: ["CMD", "true"], interval: "10s", timeout: "10s", start_period: "10s", retries: 3 }],
  privileges: [{ se_linux_context: [{ disable: true, user: "u", role: "r", type: "t", level: "l" }] }],
  mounts: [
    {
      type: "volume",
      source: "drift-data",
      target: "/data",
      read_only: true,
      volume_options: [{ no_copy: true, driver_name: "local", driver_options: { a: "1" }, labels: LABELS }],
    },
  ],
  secrets: [{ secret_id: secret, secret_name: "drift-ref", file_name: "app", file_uid: "0", file_gid: "0", file_mode: 0o444 }],
  configs: [{ config_id: config, config_name: "drift-ref", file_name: "app", file_uid: "0", file_gid: "0", file_mode: 0o444 }],
});

const common = (references: References): ObjectValue => ({
  name: "drift-s",
  labels: LABELS,
  mode: NONE,
  update_config: [ROLLOUT],
  rollback_config: [ROLLOUT],
  endpoint_spec: [
    { mode: "vip", ports: [{ name: "http", protocol: "tcp", target_port: 80, published_port: 18080, publish_mode: "host" }] },
  ],
  task_spec: [
    {
      force_update: 3,
      container_spec: [containerSpec(references)],
      resources: [{ limits: [{ memory_bytes: 2 ** 26, nano_cpus: 5e8 }], reservation: [{ memory_bytes: 2 ** 25, nano_cpus: 1e8 }] }],
      restart_policy: [{ condition: "on-failure", delay: "10s", max_attempts: 4, window: "10s" }],
      placement: [
        {
          constraints: ["node.role==manager"],
          prefs: ["spread=node.role.manager"],
          max_replicas: 1,
          platforms: [{ architecture: "amd64", os: "linux" }],
        },
      ],
      networks_advanced: [{ name: "drift-o", aliases: ["app"], driver_opts: ["a=1"] }],
      log_driver: [{ name: "json-file", options: { "max-size": "1m" } }],
    },
  ],
});

const plain = (container: ObjectValue, task: ObjectValue = {}, mode: ObjectValue[] = NONE): ObjectValue => ({
  name: "drift-s",
  mode,
  task_spec: [{ container_spec: [{ image: "probe:1", ...container }], ...task }],
});

const generic = (resources: ObjectValue): ObjectValue => ({ resources: [{ reservation: [{ generic_resources: [resources] }] }] });

/** Configurations that together set every attribute of a service: some exclude each other. */
export const serviceVariants = (references: References): Variants => ({
  common: common(references),
  bind: plain(
    {
      mounts: [{ type: "bind", source: "/tmp", target: "/data", bind_options: [{ propagation: "rprivate" }] }],
      privileges: [{ credential_spec: [{ file: "app" }] }],
    },
    generic({ named_resources_spec: ["GPU=A"] }),
  ),
  tmpfs: plain(
    {
      mounts: [{ type: "tmpfs", target: "/data", tmpfs_options: [{ mode: 0o700, size_bytes: 4096 }] }],
      privileges: [{ credential_spec: [{ registry: "app" }] }],
    },
    generic({ discrete_resources_spec: ["SSD=3"] }),
  ),
  answered: {
    ...plain(
      {
        mounts: [{ type: "volume", source: "drift-data", target: "/data", read_only: true }],
        secrets: [{ secret_id: references.secret, secret_name: "drift-ref", file_name: "app" }],
        configs: [{ config_id: references.config, config_name: "drift-ref", file_name: "app" }],
      },
      { runtime: "container", networks_advanced: [{ name: "drift-o" }] },
      [{ global: true }],
    ),
  },
  "answered by id": plain({}, { networks_advanced: [{ id: references.network }] }),
});
