import type { ObjectValue } from "../../provider/value";

const labels = (label: string, value: string): ObjectValue[] => [{ label, value }];
const pick = <T>(second: boolean, one: T, other: T): T => (second ? other : one);

/** A configuration of a service in which everything is set; in the second one everything but the name of blocks differs. */
export function fullService(second = false): ObjectValue {
  return {
    id: null,
    name: pick(second, "web", "api"),
    auth: [
      { server_address: pick(second, "one.example", "two.example"), username: pick(second, "a", "b"), password: pick(second, "p", "q") },
    ],
    converge_config: [{ delay: pick(second, "1s", "2s"), timeout: pick(second, "1m", "2m") }],
    endpoint_spec: [endpoint(second)],
    labels: labels(pick(second, "tier", "rank"), pick(second, "web", "data")),
    mode: pick(second, [{ global: false, replicated: [{ replicas: 2 }] }], [{ global: true, replicated: [] }]),
    rollback_config: [rollout(second, "continue")],
    update_config: [rollout(second, "rollback")],
    task_spec: [task(second)],
  };
}

function endpoint(second: boolean): ObjectValue {
  const port = {
    target_port: pick(second, 80, 81),
    published_port: pick(second, 8080, 8081),
    name: pick(second, "http", "web"),
    protocol: pick(second, "tcp", "udp"),
    publish_mode: pick(second, "ingress", "host"),
  };
  return { mode: pick(second, "vip", "dnsrr"), ports: [port] };
}

function rollout(second: boolean, action: string): ObjectValue {
  return {
    parallelism: pick(second, 2, 3),
    delay: pick(second, "1s", "2s"),
    failure_action: pick(second, "pause", action),
    monitor: pick(second, "3s", "4s"),
    max_failure_ratio: pick(second, "0.1", "0.25"),
    order: pick(second, "stop-first", "start-first"),
  };
}

function task(second: boolean): ObjectValue {
  const sizes = { memory_bytes: pick(second, 1 << 26, 1 << 27), nano_cpus: pick(second, 5e8, 1e9) };
  const generic = {
    named_resources_spec: [pick(second, "gpu=uuid1", "gpu=uuid2")],
    discrete_resources_spec: [pick(second, "ssd=1", "ssd=2")],
  };
  return {
    force_update: pick(second, 1, 2),
    runtime: pick(second, "container", "plugin"),
    container_spec: [container(second)],
    resources: [{ limits: [sizes], reservation: [{ ...sizes, generic_resources: [generic] }] }],
    restart_policy: [
      {
        condition: pick(second, "on-failure", "none"),
        delay: pick(second, "1s", "2s"),
        max_attempts: pick(second, 1, 2),
        window: pick(second, "3s", "4s"),
      },
    ],
    placement: [
      {
        constraints: [pick(second, "node.role==manager", "node.role==worker")],
        max_replicas: pick(second, 1, 2),
        prefs: [pick(second, "spread=node.labels.zone", "spread=node.labels.rack")],
        platforms: [{ architecture: pick(second, "amd64", "arm64"), os: pick(second, "linux", "windows") }],
      },
    ],
    networks_advanced: [
      {
        id: pick(second, "n1", "n2"),
        name: pick(second, "net1", "net2"),
        aliases: [pick(second, "web", "api")],
        driver_opts: [pick(second, "o=1", "o=2")],
      },
    ],
    log_driver: [{ name: pick(second, "json-file", "local"), options: { "max-size": pick(second, "1m", "2m") } }],
  };
}

function container(second: boolean): ObjectValue {
  return {
    image: pick(second, "probe:1", "probe:2"),
    command: [pick(second, "sleep", "cat")],
    args: [pick(second, "1", "2")],
    env: { A: pick(second, "1=1", "2") },
    user: pick(second, "1000", "1001"),
    groups: [pick(second, "10", "11")],
    dir: pick(second, "/tmp", "/etc"),
    hostname: pick(second, "one", "two"),
    init: pick(second, true, false),
    stop_signal: pick(second, "SIGQUIT", "SIGINT"),
    stop_grace_period: pick(second, "1m30s", "10s"),
    read_only: pick(second, true, false),
    cap_add: [pick(second, "CAP_CHOWN", "CAP_KILL")],
    cap_drop: [pick(second, "ALL", "CAP_NET_RAW")],
    sysctl: { "net.core.somaxconn": pick(second, "512", "1024") },
    isolation: pick(second, "default", "process"),
    labels: labels(pick(second, "a", "b"), pick(second, "1", "2")),
    hosts: [{ host: pick(second, "db", "cache"), ip: pick(second, "10.0.0.1", "10.0.0.2") }],
    dns_config: [
      {
        nameservers: [pick(second, "10.0.0.53", "10.0.0.54")],
        options: [pick(second, "ndots:1", "ndots:2")],
        search: [pick(second, "one.example", "two.example")],
      },
    ],
    healthcheck: [
      {
        test: ["CMD", pick(second, "true", "false")],
        interval: pick(second, "1s", "2s"),
        timeout: pick(second, "3s", "4s"),
        start_period: pick(second, "5s", "6s"),
        retries: pick(second, 1, 2),
      },
    ],
    privileges: [
      {
        credential_spec: [{ file: pick(second, "a.json", "b.json"), registry: pick(second, "r1", "r2") }],
        se_linux_context: [
          {
            disable: pick(second, true, false),
            level: pick(second, "l1", "l2"),
            role: pick(second, "r1", "r2"),
            type: pick(second, "t1", "t2"),
            user: pick(second, "u1", "u2"),
          },
        ],
      },
    ],
    mounts: [mount(second)],
    secrets: [file("secret", second)],
    configs: [file("config", second)],
  };
}

function mount(second: boolean): ObjectValue {
  return {
    type: pick(second, "volume", "bind"),
    target: pick(second, "/data", "/srv"),
    source: pick(second, "data", "more"),
    read_only: pick(second, true, false),
    bind_options: [{ propagation: pick(second, "rprivate", "rshared") }],
    tmpfs_options: [{ mode: pick(second, 448, 511), size_bytes: pick(second, 1 << 20, 1 << 21) }],
    volume_options: [
      {
        driver_name: pick(second, "local", "nfs"),
        driver_options: { type: pick(second, "tmpfs", "none") },
        no_copy: pick(second, true, false),
        labels: labels(pick(second, "a", "b"), pick(second, "1", "2")),
      },
    ],
  };
}

function file(kind: string, second: boolean): ObjectValue {
  return {
    [`${kind}_id`]: pick(second, "i1", "i2"),
    [`${kind}_name`]: pick(second, "n1", "n2"),
    file_name: pick(second, "/run/one", "/run/two"),
    file_uid: pick(second, "0", "1000"),
    file_gid: pick(second, "0", "1000"),
    file_mode: pick(second, 256, 292),
  };
}
