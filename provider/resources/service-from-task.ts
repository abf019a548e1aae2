import type { ObjectValue } from "../value";
import { durationText } from "./service-durations";
import { containerBlock } from "./service-from-container";
import type { GenericResource, NetworkAttachment, Placement, Resources, RestartPolicy, TaskSpec } from "./swarm-api";

/** The task of a service as the state has it. */
export function taskBlock(task: TaskSpec, networkNames: ReadonlyMap<string, string>): ObjectValue {
  const { LogDriver: log, Resources: resources, RestartPolicy: restart, Placement: placement } = task;
  return {
    force_update: task.ForceUpdate ?? 0,
    runtime: task.Runtime ?? "",
    container_spec: [containerBlock(task.ContainerSpec ?? {})],
    resources: resources ? [resourcesBlock(resources)] : [],
    restart_policy: restart ? [restartBlock(restart)] : [],
    placement: placement ? [placementBlock(placement)] : [],
    networks_advanced: (task.Networks ?? []).map((network) => networkBlock(network, networkNames)),
    log_driver: log ? [{ name: log.Name, options: { ...log.Options } }] : [],
  };
}

function resourcesBlock({ Limits, Reservations }: NonNullable<TaskSpec["Resources"]>): ObjectValue {
  return {
    limits: Limits ? [sizes(Limits)] : [],
    reservation: Reservations ? [{ ...sizes(Reservations), generic_resources: genericBlocks(Reservations.GenericResources ?? []) }] : [],
  };
}

function sizes(resources: Resources): ObjectValue {
  return { nano_cpus: resources.NanoCPUs ?? 0, memory_bytes: resources.MemoryBytes ?? 0 };
}

function genericBlocks(resources: readonly GenericResource[]): ObjectValue[] {
  if (resources.length === 0) return [];
  return [
    {
      named_resources_spec: resources.flatMap(({ NamedResourceSpec: named }) => (named ? [`${named.Kind}=${named.Value}`] : [])),
      discrete_resources_spec: resources.flatMap(({ DiscreteResourceSpec: discrete }) =>
        discrete ? [`${discrete.Kind}=${discrete.Value}`] : [],
      ),
    },
  ];
}

function restartBlock(policy: RestartPolicy): ObjectValue {
  return {
    condition: policy.Condition ?? "",
    delay: durationText(policy.Delay),
    max_attempts: policy.MaxAttempts ?? null,
    window: durationText(policy.Window),
  };
}

function placementBlock(placement: Placement): ObjectValue {
  return {
    constraints: placement.Constraints ?? [],
    max_replicas: placement.MaxReplicas ?? 0,
    prefs: (placement.Preferences ?? []).flatMap(({ Spread }) => (Spread?.SpreadDescriptor ? [`spread=${Spread.SpreadDescriptor}`] : [])),
    platforms: (placement.Platforms ?? []).map((platform) => ({ architecture: platform.Architecture ?? "", os: platform.OS ?? "" })),
  };
}

function networkBlock(network: NetworkAttachment, names: ReadonlyMap<string, string>): ObjectValue {
  return {
    id: network.Target,
    name: names.get(network.Target) ?? "",
    aliases: network.Aliases ?? [],
    driver_opts: Object.entries(network.DriverOpts ?? {}).map(([name, value]) => `${name}=${value}`),
  };
}
