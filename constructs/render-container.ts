import { isIPv6 } from "node:net";
import type { ContainerSpec } from "./container-spec";
import { goDuration } from "./duration";
import type { Health } from "./health";
import type { LogDriver } from "./logs/log-driver";
import { dnsAttributes } from "./networks/dns";
import { tmpfsOptions, type Mount } from "./storage/mount";
import { renderNamespaces } from "./namespaces/namespaces";
import { renderResources } from "./resources/render-resources";
import type { StackDefaults } from "./stack-defaults";

/** A container as the provider takes it: snake case, blocks as lists. */
export type ContainerAttributes = Readonly<Record<string, unknown>>;

const CPU_PERIOD_MICROSECONDS = 100_000;
/** Docker's weight of one CPU. */
const CPU_SHARES = 1024;

/** How a rendering names what it refers to: by reference for Terraform, by the name itself for a hash. */
export type Naming = "reference" | "literal";

/**
 * What one container is, without its name and labels. The same for both providers, but for what the public one does not have.
 */
export function renderContainer(spec: ContainerSpec, defaults: StackDefaults, naming: Naming): ContainerAttributes {
  return {
    image: naming === "reference" ? spec.image.id : spec.image.identity,
    entrypoint: spec.entrypoint,
    command: spec.command,
    user: `${String(spec.user.uid)}:${String(spec.user.gid)}`,
    env: [...spec.environment].map(([key, value]) => `${key}=${value}`).sort(),
    ...network(spec, naming),
    ...dnsAttributes(spec.dns),
    ...mounts(spec, naming),
    tmpfs: spec.tmpfs.size === 0 ? undefined : Object.fromEntries([...spec.tmpfs].map(([path, tmpfs]) => [path, tmpfsOptions(tmpfs)])),
    upload: spec.uploads.map(({ path, content, contentBase64 }) => ({ file: path, content, content_base64: contentBase64 })),
    ports: ports(spec),
    ...security(spec),
    ...limits(spec),
    ...renderResources(spec.resources),
    ...renderNamespaces(spec.namespaces, { ...spec, naming }),
    ...logs(spec.log ?? defaults.log),
    ...lifetime(spec),
    healthcheck: healthcheck(spec),
  };
}

/** `mounts` refuse a host path that is missing, `volumes` make it. */
function mounts({ mounts: all, owner }: ContainerSpec, naming: Naming): ContainerAttributes {
  const source = (mount: Mount): string => (naming === "reference" ? mount.reference(owner) : mount.source);
  const created = all.filter((mount) => mount.createHostPath === true);
  const existing = all.filter((mount) => mount.createHostPath !== true);
  return {
    mounts: existing.map((mount) => ({
      type: mount.type,
      source: source(mount),
      target: mount.target,
      read_only: mount.readOnly,
      ...(mount.noCopy === true ? { volume_options: [{ no_copy: true }] } : {}),
    })),
    ...(created.length === 0
      ? {}
      : { volumes: created.map((mount) => ({ host_path: source(mount), container_path: mount.target, read_only: mount.readOnly })) }),
  };
}

function network({ attachments, networkMode, owner }: ContainerSpec, naming: Naming): ContainerAttributes {
  if (attachments.length === 0) return { network_mode: networkMode?.name ?? "none" };
  return {
    networks_advanced: attachments.map(({ network: { networkName }, network, aliases, address }) => ({
      name: naming === "reference" ? network.reference(owner) : networkName,
      aliases: [...aliases].sort(),
      ...(address === undefined ? {} : { [isIPv6(address.address) ? "ipv6_address" : "ipv4_address"]: address.address }),
    })),
  };
}

/** In the order in which the engine reports them, since ports are a list. */
function ports({ published }: ContainerSpec): unknown[] {
  return [...published]
    .sort((a, b) => a.containerPort - b.containerPort || (a.address < b.address ? -1 : 1))
    .map(({ containerPort, hostPort, address }) => ({ internal: containerPort, external: hostPort, ip: address, protocol: "tcp" }));
}

function security({ readOnlyRoot, capabilities }: ContainerSpec): ContainerAttributes {
  return {
    read_only: readOnlyRoot,
    capabilities: [{ drop: ["ALL"], ...(capabilities.length === 0 ? {} : { add: [...capabilities].sort() }) }],
    security_opts: ["no-new-privileges:true"],
  };
}

function limits({ memoryMiB, cpus, pidsLimit }: ContainerSpec): ContainerAttributes {
  return {
    memory: memoryMiB,
    memory_swap: memoryMiB,
    cpu_period: CPU_PERIOD_MICROSECONDS,
    cpu_quota: Math.round(cpus * CPU_PERIOD_MICROSECONDS),
    cpu_shares: Math.max(2, Math.round(cpus * CPU_SHARES)),
    pids_limit: pidsLimit,
  };
}

const logs = ({ name, options }: LogDriver): ContainerAttributes => ({ log_driver: name, log_opts: options });

function lifetime(spec: ContainerSpec): ContainerAttributes {
  const common = {
    remove_volumes: false,
    stop_signal: spec.stopSignal,
    stop_timeout: spec.stopSeconds,
    destroy_grace_seconds: spec.stopSeconds,
  };
  switch (spec.lifetime) {
    case "service":
      return {
        ...common,
        restart: "unless-stopped",
        init: true,
        must_run: true,
        wait: spec.health !== undefined,
        wait_timeout: spec.health?.decisionSeconds,
      };
    case "job":
      return { ...common, restart: "no", init: true, must_run: false, attach: true };
    case "loader":
      return { ...common, restart: "no", must_run: false, start: false };
  }
}

function healthcheck({ health, port, lifetime: kind }: ContainerSpec): unknown[] {
  if (kind === "loader") return [];
  return health === undefined ? [{ test: ["NONE"] }] : [probe(health, port)];
}

function probe(health: Health, port: number | undefined): ContainerAttributes {
  return {
    test: health.test(port),
    interval: goDuration(health.intervalSeconds),
    timeout: goDuration(health.timeoutSeconds),
    retries: health.retries,
    start_period: goDuration(health.startPeriodSeconds),
  };
}
