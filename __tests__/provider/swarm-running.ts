import { PROCESS, secretAndConfig } from "./swarm-blocks";

/** A service with all that a task on one Linux node can have. It serves /srv. */
export const RUNNING_TF = `
resource "docker_network" "o" {
  name       = "dt-run"
  driver     = "overlay"
  attachable = true
}
${secretAndConfig("dt-run")}resource "docker_service" "run" {
  name = "dt-run"
  labels {
    label = "tier"
    value = "web"
  }
  task_spec {
    force_update = 3
    runtime      = "container"
    container_spec {
      image             = "probe:1"
      command           = ["httpd"]
      args              = ["-f", "-p", "8080", "-h", "/srv"]
${PROCESS}      stop_grace_period = "15s"
      sysctl            = { "net.ipv4.ip_unprivileged_port_start" = "512" }
      dns_config {
        nameservers = ["198.51.100.53"]
        options     = ["ndots:2"]
        search      = ["one.example"]
      }
      healthcheck {
        test         = ["CMD", "wget", "-qO-", "http://127.0.0.1:8080/app.conf"]
        interval     = "500ms"
        timeout      = "20s"
        start_period = "60s"
        retries      = 9
      }
      privileges {
        se_linux_context {
          disable = true
        }
      }
      mounts {
        type   = "tmpfs"
        target = "/scratch"
        tmpfs_options {
          mode       = 448
          size_bytes = 1048576
        }
      }
      mounts {
        type   = "bind"
        source = "/mnt"
        target = "/host"
        bind_options {
          propagation = "private"
        }
      }
      mounts {
        type      = "volume"
        source    = "dt-run"
        target    = "/data"
        read_only = true
        volume_options {
          no_copy        = true
          driver_name    = "local"
          driver_options = { type = "tmpfs", device = "tmpfs", o = "size=2m" }
          labels {
            label = "a"
            value = "1"
          }
        }
      }
      secrets {
        secret_id = docker_secret.s.id
        file_name = "s"
        file_uid  = "65534"
        file_gid  = "10"
        file_mode = 256
      }
      configs {
        config_id   = docker_config.c.id
        config_name = docker_config.c.name
        file_name   = "/srv/app.conf"
        file_uid    = "65534"
        file_gid    = "10"
        file_mode   = 288
      }
    }
    resources {
      limits {
        memory_bytes = 67108864
        nano_cpus    = 500000000
      }
      reservation {
        memory_bytes = 33554432
        nano_cpus    = 100000000
      }
    }
    restart_policy {
      condition    = "on-failure"
      delay        = "1s"
      max_attempts = 4
      window       = "10s"
    }
    placement {
      constraints  = ["node.role==manager"]
      prefs        = ["spread=node.role.manager"]
      max_replicas = 1
      platforms {
        architecture = "amd64"
        os           = "linux"
      }
    }
    networks_advanced {
      name        = docker_network.o.name
      aliases     = ["alias"]
      driver_opts = ["o=1"]
    }
    log_driver {
      name    = "json-file"
      options = { max-size = "10m" }
    }
  }
  mode {
    replicated {
      replicas = 1
    }
  }
  endpoint_spec {
    mode = "dnsrr"
    ports {
      target_port    = 8080
      published_port = 18080
      publish_mode   = "host"
    }
  }
  converge_config {
    delay   = "1s"
    timeout = "2m"
  }
}
`;

/** Prints what a process in the task finds, as lines NAME=VALUE. */
export const LOOK = String.raw`
limit() { cat /sys/fs/cgroup/$1 2>/dev/null || cat /sys/fs/cgroup/$2; }
echo "env=$A $B"
echo "user=$(id -u)"
echo "groups=$(grep Groups: /proc/1/status | grep -o -w 10)"
echo "dir=$PWD"
echo "host=$(hostname)"
echo "init=$(tr '\0' ' ' </proc/1/cmdline)"
echo "root=$(touch /x 2>&1)"
echo "capabilities=$(grep CapBnd /proc/self/status | cut -f 2)"
echo "sysctl=$(cat /proc/sys/net/ipv4/ip_unprivileged_port_start)"
echo "hosts=$(grep -c '^198.51.100.9[[:space:]]*db$' /etc/hosts)"
echo "dns=$(grep -E '^(search|options)' /etc/resolv.conf | sort | tr '\n' ' ')"
echo "scratch=$(grep ' /scratch ' /proc/mounts | grep -o -E 'tmpfs|size=[0-9]+k|mode=[0-9]+' | sort -u | tr '\n' ' ')"
echo "data=$(grep ' /data ' /proc/mounts | grep -o -E ' ro,|size=[0-9]+k' | sort -u | tr '\n' ' ')"
echo "propagation=$(grep ' /host ' /proc/self/mountinfo | grep -c -E ' (master|shared):')"
echo "secret=$(stat -c '%u %g %a' /run/secrets/s) $(cat /run/secrets/s)"
echo "config=$(stat -c '%u %g %a' /srv/app.conf) $(cat /srv/app.conf)"
echo "memory=$(limit memory/memory.limit_in_bytes memory.max)"
echo "alias=$(wget -qO- http://alias:8080/app.conf)"
`;
