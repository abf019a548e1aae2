import { labelsOf } from "../identity";
import { blocks, flag, integer, text, textMap, texts, type ObjectValue } from "../value";
import type { HealthConfig } from "./container-api";
import { capabilityName } from "./container-equal";
import { mountConfig } from "./container-host-config";
import { nanoseconds } from "./service-durations";
import type { ContainerSpec, FileTarget, Privileges } from "./swarm-api";

/** A planned container of a task as the engine takes it. */
export function containerSpec(container: ObjectValue): ContainerSpec {
  return { ...processSpec(container), ...isolationSpec(container), ...files(container), ...resolver(container) };
}

function processSpec(container: ObjectValue): ContainerSpec {
  const grace = nanoseconds(container["stop_grace_period"]);
  const [health] = blocks(container["healthcheck"]);
  return {
    Image: text(container["image"]) ?? "",
    Labels: labelsOf(container),
    Command: texts(container["command"]),
    Args: texts(container["args"]),
    Env: Object.entries(textMap(container["env"])).map(([name, value]) => `${name}=${value}`),
    Dir: text(container["dir"]) ?? "",
    User: text(container["user"]) ?? "",
    Groups: texts(container["groups"]),
    Hostname: text(container["hostname"]) ?? "",
    StopSignal: text(container["stop_signal"]) ?? "",
    ...(grace === undefined ? {} : { StopGracePeriod: grace }),
    ...(health ? { Healthcheck: healthSpec(health) } : {}),
  };
}

function healthSpec(health: ObjectValue): HealthConfig {
  return {
    Test: texts(health["test"]),
    Interval: nanoseconds(health["interval"]) ?? 0,
    Timeout: nanoseconds(health["timeout"]) ?? 0,
    StartPeriod: nanoseconds(health["start_period"]) ?? 0,
    Retries: integer(health["retries"]) ?? 0,
  };
}

function isolationSpec(container: ObjectValue): ContainerSpec {
  const [privileges] = blocks(container["privileges"]);
  const init = flag(container["init"]);
  return {
    ReadOnly: flag(container["read_only"]) ?? false,
    ...(init === undefined ? {} : { Init: init }),
    CapabilityAdd: texts(container["cap_add"]).map(capabilityName),
    CapabilityDrop: texts(container["cap_drop"]).map(capabilityName),
    Sysctls: textMap(container["sysctl"]),
    Isolation: text(container["isolation"]) ?? "default",
    ...(privileges ? { Privileges: privilegesSpec(privileges) } : {}),
  };
}

function privilegesSpec(block: ObjectValue): Privileges {
  const [credential] = blocks(block["credential_spec"]);
  const [context] = blocks(block["se_linux_context"]);
  return {
    ...(credential ? { CredentialSpec: { File: text(credential["file"]) ?? "", Registry: text(credential["registry"]) ?? "" } } : {}),
    ...(context ? { SELinuxContext: seLinuxContext(context) } : {}),
  };
}

function seLinuxContext(context: ObjectValue): NonNullable<Privileges["SELinuxContext"]> {
  return {
    Disable: flag(context["disable"]) ?? false,
    User: text(context["user"]) ?? "",
    Role: text(context["role"]) ?? "",
    Type: text(context["type"]) ?? "",
    Level: text(context["level"]) ?? "",
  };
}

function files(container: ObjectValue): ContainerSpec {
  return {
    Mounts: blocks(container["mounts"]).map(mountConfig),
    Secrets: blocks(container["secrets"]).map((secret) => ({
      SecretID: text(secret["secret_id"]) ?? "",
      SecretName: text(secret["secret_name"]) ?? "",
      File: fileTarget(secret),
    })),
    Configs: blocks(container["configs"]).map((config) => ({
      ConfigID: text(config["config_id"]) ?? "",
      ConfigName: text(config["config_name"]) ?? "",
      File: fileTarget(config),
    })),
  };
}

function fileTarget(block: ObjectValue): FileTarget {
  return {
    Name: text(block["file_name"]) ?? "",
    UID: text(block["file_uid"]) ?? "0",
    GID: text(block["file_gid"]) ?? "0",
    Mode: integer(block["file_mode"]) ?? 0o444,
  };
}

function resolver(container: ObjectValue): ContainerSpec {
  const [dns] = blocks(container["dns_config"]);
  return {
    Hosts: blocks(container["hosts"]).map((host) => `${text(host["ip"]) ?? ""} ${text(host["host"]) ?? ""}`),
    DNSConfig: { Nameservers: texts(dns?.["nameservers"]), Search: texts(dns?.["search"]), Options: texts(dns?.["options"]) },
  };
}
