import { PROCESS, secretAndConfig } from "./swarm-blocks";

/**
 * A service with every block of the schema but those of `REST_TF`. It asks for no task, so that a node needs neither its resources nor its platform:
 * `swarm-task.daemon.test.ts` has one that runs.
 */
export const FULL_TF = `
resource "docker_network" "o" {
  name   = "dt-full"
  driver = "overlay"
}
${secretAndConfig("dt-full")}resource "docker_service" "full" {
  name = "dt-full"
  auth {
    server_address = "registry.example"
    username       = "user"
    password       = "pass"
  }
  labels {
    label = "tier"
    value = "web"
  }
  task_spec {
    force_update = 3
    runtime      = "container"
    container_spec {
      image             = "probe:1"
      command           = ["sleep"]
      args              = ["900"]
${PROCESS}      stop_grace_period = "1m30s"
      sysctl            = { "net.core.somaxconn" = "512" }
      dns_config {
        nameservers = ["198.51.100.53"]
        options     = ["ndots:1"]
        search      = ["one.example"]
      }
      healthcheck {
        test         = ["CMD", "true"]
        interval     = "90s"
        timeout      = "3s"
        start_period = "5s"
        retries      = 2
      }
      privileges {
        se_linux_context {
          disable = true
          user    = "u"
          role    = "r"
          type    = "t"
          level   = "l"
        }
      }
      mounts {
        type   = "tmpfs"
        target = "/run"
        tmpfs_options {
          mode       = 448
          size_bytes = 1048576
        }
      }
      mounts {
        type   = "bind"
        source = "/tmp"
        target = "/host"
        bind_options {
          propagation = "rshared"
        }
      }
      mounts {
        type      = "volume"
        source    = "dt-full"
        target    = "/data"
        read_only = true
        volume_options {
          no_copy        = true
          driver_name    = "local"
          driver_options = { type = "tmpfs", device = "tmpfs" }
          labels {
            label = "a"
            value = "1"
          }
        }
      }
      secrets {
        secret_id   = docker_secret.s.id
        secret_name = docker_secret.s.name
        file_name   = "s"
        file_uid    = "65534"
        file_gid    = "65534"
        file_mode   = 256
      }
      configs {
        config_id   = docker_config.c.id
        config_name = docker_config.c.name
        file_name   = "/etc/app.conf"
        file_uid    = "65534"
        file_gid    = "65534"
        file_mode   = 256
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
        generic_resources {
          named_resources_spec    = ["GPU=UUID1"]
          discrete_resources_spec = ["SSD=3"]
        }
      }
    }
    restart_policy {
      condition    = "on-failure"
      delay        = "3s"
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
      aliases     = ["full"]
      driver_opts = ["o=1"]
    }
    log_driver {
      name    = "json-file"
      options = { max-size = "10m" }
    }
  }
  mode {
    replicated {
      replicas = 0
    }
  }
  update_config {
    parallelism       = 2
    delay             = "10s"
    failure_action    = "rollback"
    monitor           = "5s"
    max_failure_ratio = "0.25"
    order             = "start-first"
  }
  rollback_config {
    parallelism       = 2
    delay             = "5ms"
    failure_action    = "continue"
    monitor           = "10h"
    max_failure_ratio = "0.9"
    order             = "start-first"
  }
  endpoint_spec {
    mode = "vip"
    ports {
      name           = "http"
      protocol       = "tcp"
      target_port    = 80
      published_port = 18080
      publish_mode   = "host"
    }
    ports {
      target_port  = 81
      publish_mode = "host"
    }
  }
  converge_config {
    delay   = "1s"
    timeout = "30s"
  }
}
`;

const credentials = (name: string, source: string): string => `
resource "docker_service" "${name}" {
  name = "dt-${name}"
  task_spec {
    container_spec {
      image = "probe:1"
      privileges {
        credential_spec {
          ${source} = "app.json"
        }
      }
    }
    networks_advanced {
      id = docker_network.rest.id
    }
    placement {
      constraints = ["node.role==worker"]
    }
  }
  mode {
    global = true
  }
}
`;

/** What a service has in place of something else. No node takes a task: credential specifications are for Windows. */
export const REST_TF = `
resource "docker_network" "rest" {
  name   = "dt-rest"
  driver = "overlay"
}
${credentials("file", "file")}${credentials("registry", "registry")}`;
