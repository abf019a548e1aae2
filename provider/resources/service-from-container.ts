import { labelBlocks } from "../identity";
import { blocks, type ObjectValue } from "../value";
import type { HealthConfig } from "./container-api";
import { mountBlocks } from "./container-from-mounts";
import { pair } from "./pair";
import { durationText } from "./service-durations";
import type { ContainerSpec, FileTarget, Privileges } from "./swarm-api";

/** The container of a task as the state has it. */
export function containerBlock(spec: ContainerSpec): ObjectValue {
  return { ...processState(spec), ...isolationState(spec), ...fileState(spec), ...resolverState(spec) };
}

function processState(spec: ContainerSpec): ObjectValue {
  return {
    image: spec.Image ?? "",
    labels: labelBlocks(spec.Labels),
    command: spec.Command ?? [],
    args: spec.Args ?? [],
    env: Object.fromEntries((spec.Env ?? []).map(pair)),
    dir: spec.Dir ?? "",
    user: spec.User ?? "",
    groups: spec.Groups ?? [],
    hostname: spec.Hostname ?? "",
    stop_signal: spec.StopSignal ?? "",
    stop_grace_period: durationText(spec.StopGracePeriod),
    healthcheck: spec.Healthcheck ? healthBlocks(spec.Healthcheck) : [],
  };
}

function healthBlocks(health: HealthConfig): ObjectValue[] {
  return [
    {
      test: health.Test ?? [],
      interval: durationText(health.Interval ?? 0),
      timeout: durationText(health.Timeout ?? 0),
      start_period: durationText(health.StartPeriod ?? 0),
      retries: health.Retries ?? 0,
    },
  ];
}

function isolationState(spec: ContainerSpec): ObjectValue {
  return {
    read_only: spec.ReadOnly ?? false,
    init: spec.Init ?? null,
    cap_add: spec.CapabilityAdd ?? [],
    cap_drop: spec.CapabilityDrop ?? [],
    sysctl: { ...spec.Sysctls },
    isolation: spec.Isolation || "default",
    privileges: spec.Privileges ? [privilegesBlock(spec.Privileges)] : [],
  };
}

function privilegesBlock({ CredentialSpec: credential, SELinuxContext: context }: Privileges): ObjectValue {
  return {
    credential_spec: credential ? [{ file: credential.File ?? "", registry: credential.Registry ?? "" }] : [],
    se_linux_context: context
      ? [
          {
            disable: context.Disable ?? false,
            user: context.User ?? "",
            role: context.Role ?? "",
            type: context.Type ?? "",
            level: context.Level ?? "",
          },
        ]
      : [],
  };
}

function fileState(spec: ContainerSpec): ObjectValue {
  return {
    mounts: mountBlocks(spec).map(taskMount),
    secrets: (spec.Secrets ?? []).map(({ SecretID, SecretName, File }) => ({
      secret_id: SecretID,
      secret_name: SecretName,
      ...fileBlock(File),
    })),
    configs: (spec.Configs ?? []).map(({ ConfigID, ConfigName, File }) => ({
      config_id: ConfigID,
      config_name: ConfigName,
      ...fileBlock(File),
    })),
  };
}

function fileBlock(file: FileTarget | undefined): ObjectValue {
  return { file_name: file?.Name ?? "", file_uid: file?.UID ?? "0", file_gid: file?.GID ?? "0", file_mode: file?.Mode ?? 0 };
}

/** A container's volume may have more options than a task's. */
function taskMount(mount: ObjectValue): ObjectValue {
  const options = blocks(mount["volume_options"]).map(({ driver_name, driver_options, no_copy, labels }): ObjectValue => {
    return { driver_name: driver_name ?? "", driver_options: driver_options ?? {}, no_copy: no_copy ?? false, labels: labels ?? [] };
  });
  return { ...mount, volume_options: options };
}

function resolverState(spec: ContainerSpec): ObjectValue {
  const { DNSConfig: dns } = spec;
  const resolver: ObjectValue = { nameservers: dns?.Nameservers ?? null, options: dns?.Options ?? null, search: dns?.Search ?? null };
  return { hosts: (spec.Hosts ?? []).map(hostBlock), dns_config: dns ? [resolver] : [] };
}

function hostBlock(entry: string): ObjectValue {
  const [ip = "", host = ""] = entry.split(" ");
  return { ip, host };
}
