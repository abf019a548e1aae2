import type { Attribute, ResourceSchema } from "../schema";
import { chosen, computed, optional, REPLACES, required, TEXTS, TEXT_LIST, TEXT_MAP } from "./attribute-kinds";
import { CONTAINER_BLOCKS } from "./container-blocks";
import { cpuSetFault, oomScoreFault, quotaFault, restartFault, sizeFault } from "./container-faults";

const NETWORK = {
  gateway: "string",
  global_ipv6_address: "string",
  global_ipv6_prefix_length: "number",
  ip_address: "string",
  ip_prefix_length: "number",
  ipv6_gateway: "string",
  mac_address: "string",
  network_name: "string",
} as const;

/** What runs: image, process and its environment. */
const PROCESS = {
  image: required("string", { ...REPLACES, description: "Id or name of the image; a name that is absent is pulled." }),
  command: chosen(TEXT_LIST, { ...REPLACES, description: "Arguments of the entrypoint; the image's otherwise." }),
  entrypoint: chosen(TEXT_LIST, { ...REPLACES, description: "The program; the image's otherwise." }),
  env: chosen(TEXTS, { ...REPLACES, description: "Variables as `NAME=value`, beside those of the image." }),
  user: optional("string", { ...REPLACES, description: "User or uid, with `:group`; the image's otherwise." }),
  group_add: optional(TEXTS, { ...REPLACES, description: "Supplementary groups." }),
  working_dir: optional("string", { ...REPLACES, description: "Working directory; the image's otherwise." }),
  init: chosen("bool", { ...REPLACES, description: "Runs an init as process 1 that reaps and forwards signals." }),
  stop_signal: chosen("string", { ...REPLACES, description: "Signal that asks for the end; the image's otherwise." }),
  stop_timeout: chosen("number", { ...REPLACES, description: "Seconds between that signal and SIGKILL." }),
  stdin_open: optional("bool", { ...REPLACES, default: false, description: "Keeps standard input open." }),
  tty: optional("bool", { ...REPLACES, default: false, description: "Gives it a terminal." }),
  runtime: chosen("string", { ...REPLACES, description: "OCI runtime; the daemon's otherwise." }),
  platform: chosen("string", { ...REPLACES, description: "Platform of the image, such as `linux/arm64`." }),
} as const satisfies { [name: string]: Attribute };

/** What it may use. Everything here without `forceNew` changes while the container runs. */
const LIMITS = {
  memory: optional("number", { validate: sizeFault(0), description: "Memory in MiB; 0 is no limit." }),
  memory_swap: optional("number", {
    validate: sizeFault(-1),
    description: "Memory and swap in MiB; -1 is no limit; twice the memory otherwise.",
  }),
  memory_reservation: optional("number", { default: 0, validate: sizeFault(0), description: "Soft limit of memory in MiB." }),
  shm_size: chosen("number", { ...REPLACES, validate: sizeFault(0), description: "Size of /dev/shm in MiB." }),
  cpu_shares: optional("number", { validate: sizeFault(0), description: "Relative weight of CPU time; 1024 is normal." }),
  cpu_set: optional("string", { validate: cpuSetFault, description: "CPUs to run on, such as `0-2,4`." }),
  cpu_period: optional("number", { validate: sizeFault(0), description: "Period of the CPU quota in microseconds." }),
  cpu_quota: optional("number", { validate: quotaFault, description: "CPU time per period in microseconds." }),
  cpus: optional("string", { ...REPLACES, description: "Number of CPUs, such as `1.5`." }),
  pids_limit: optional("number", { validate: sizeFault(-1), description: "Most processes and threads; -1 is no limit." }),
  blkio_weight: optional("number", { ...REPLACES, validate: sizeFault(0), description: "Relative weight of block I/O, 10 to 1000." }),
  oom_score_adj: optional("number", {
    ...REPLACES,
    validate: oomScoreFault,
    description: "Whom the kernel kills first when memory is out: -1000 to 1000, the highest first.",
  }),
  gpus: optional("string", { ...REPLACES, description: "`all`, a number, or `device=ID,...`." }),
  restart: optional("string", { default: "no", validate: restartFault, description: "`no`, `on-failure`, `always` or `unless-stopped`." }),
  max_retry_count: optional("number", { description: "Most restarts of `on-failure`." }),
} as const satisfies { [name: string]: Attribute };

/** How it is separated from its host. */
const ISOLATION = {
  privileged: optional("bool", { ...REPLACES, description: "Gives it the host's rights." }),
  read_only: optional("bool", { ...REPLACES, default: false, description: "Makes its root file system read-only." }),
  security_opts: chosen(TEXTS, { ...REPLACES, description: "Options such as `no-new-privileges:true`." }),
  sysctls: optional(TEXT_MAP, { ...REPLACES, description: "Kernel parameters." }),
  tmpfs: optional(TEXT_MAP, { ...REPLACES, description: "Mount options by path of each tmpfs." }),
  storage_opts: optional(TEXT_MAP, { ...REPLACES, description: "Options of the storage driver." }),
  cgroup_parent: optional("string", { ...REPLACES, description: "Parent cgroup." }),
  cgroupns_mode: optional("string", { ...REPLACES, description: "`private` or `host`; the daemon's otherwise." }),
  ipc_mode: chosen("string", { ...REPLACES, description: "IPC namespace." }),
  pid_mode: optional("string", { ...REPLACES, description: "PID namespace: unset, `host` or `container:NAME`." }),
  userns_mode: optional("string", { ...REPLACES, description: "User namespace: unset or `host`." }),
  uts_mode: optional("string", { ...REPLACES, description: "Namespace of the host name: unset or `host`." }),
} as const satisfies { [name: string]: Attribute };

const NETWORKING = {
  hostname: chosen("string", { ...REPLACES, description: "Host name; the short id otherwise." }),
  domainname: optional("string", { ...REPLACES, description: "Domain name." }),
  dns: optional(TEXTS, { ...REPLACES, description: "Name servers." }),
  dns_opts: optional(TEXTS, { ...REPLACES, description: "Options of the resolver." }),
  dns_search: optional(TEXTS, { ...REPLACES, description: "Search domains." }),
  network_mode: optional("string", {
    ...REPLACES,
    default: "bridge",
    description: "`bridge`, `host`, `none`, `container:NAME` or a network.",
  }),
  publish_all_ports: optional("bool", { ...REPLACES, description: "Publishes every port that the image exposes." }),
  bridge: computed("string"),
  network_data: computed(["list", ["object", NETWORK]], { description: "Addresses in each network." }),
} as const satisfies { [name: string]: Attribute };

/** How Terraform treats it: none of these reaches the daemon, except by `log_driver` and `log_opts`. */
const TREATMENT = {
  name: required("string", { ...REPLACES, description: "Name of the container." }),
  id: chosen("string", { description: "Id of the container." }),
  must_run: optional("bool", { default: true, description: "A container that is found stopped is started again." }),
  start: optional("bool", { default: true, description: "Starts it after it was created." }),
  attach: optional("bool", { default: false, description: "Waits for its exit; a code other than 0 is an error." }),
  logs: optional("bool", { default: false, description: "With `attach`: keeps its output in `container_logs`." }),
  rm: optional("bool", { ...REPLACES, default: false, description: "Removes it after its exit." }),
  wait: optional("bool", { default: false, description: "Waits until it is healthy." }),
  wait_timeout: optional("number", { default: 60, description: "Most seconds to wait." }),
  destroy_grace_seconds: optional("number", { description: "Seconds to stop before it is killed on removal; `stop_timeout` otherwise." }),
  remove_volumes: optional("bool", { default: true, description: "Removes its anonymous volumes with it." }),
  container_read_refresh_timeout_milliseconds: optional("number", {
    default: 15000,
    description: "Most milliseconds that a read may take.",
  }),
  log_driver: chosen("string", { ...REPLACES, description: "Log driver; the daemon's otherwise." }),
  log_opts: optional(TEXT_MAP, { ...REPLACES, description: "Options of the log driver." }),
  container_logs: computed("string", { description: "Output of an attached container." }),
  exit_code: computed("number", { description: "Exit code, once it has ended." }),
} as const satisfies { [name: string]: Attribute };

/** The schema of the public provider's 4.5.0, with what the engine has and that one lacks: `pids_limit`, `blkio_weight`, `oom_score_adj`, `uts_mode`. */
export const CONTAINER_SCHEMA: ResourceSchema = {
  version: 2,
  attributes: { ...TREATMENT, ...PROCESS, ...LIMITS, ...ISOLATION, ...NETWORKING },
  blocks: CONTAINER_BLOCKS,
};
