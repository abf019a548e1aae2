import { blocks, integer, text, textMap, texts, type ObjectValue } from "../value";
import { pair } from "./pair";
import { nanoseconds } from "./service-durations";
import { containerSpec } from "./service-to-container";
import type { GenericResource, NetworkAttachment, Placement, Resources, RestartPolicy, TaskSpec } from "./swarm-api";
import { spreadOver } from "./swarm-equal";

/** A planned task as the engine takes it. */
export function taskSpec(task: ObjectValue): TaskSpec {
  const [container] = blocks(task["container_spec"]);
  const [resources] = blocks(task["resources"]);
  const [restart] = blocks(task["restart_policy"]);
  const [placement] = blocks(task["placement"]);
  const [log] = blocks(task["log_driver"]);
  const runtime = text(task["runtime"]);
  return {
    ContainerSpec: containerSpec(container ?? {}),
    ...(resources ? { Resources: resourcesSpec(resources) } : {}),
    ...(restart ? { RestartPolicy: restartPolicy(restart) } : {}),
    Placement: placementSpec(placement ?? {}),
    Networks: blocks(task["networks_advanced"]).map(networkAttachment),
    ...(log ? { LogDriver: { Name: text(log["name"]) ?? "", Options: textMap(log["options"]) } } : {}),
    ForceUpdate: integer(task["force_update"]) ?? 0,
    ...(runtime ? { Runtime: runtime } : {}),
  };
}

function resourcesSpec(block: ObjectValue): NonNullable<TaskSpec["Resources"]> {
  const [limits] = blocks(block["limits"]);
  const [reservation] = blocks(block["reservation"]);
  return {
    ...(limits ? { Limits: sizes(limits) } : {}),
    ...(reservation ? { Reservations: { ...sizes(reservation), ...generic(reservation) } } : {}),
  };
}

function sizes(block: ObjectValue): Resources {
  return { NanoCPUs: integer(block["nano_cpus"]) ?? 0, MemoryBytes: integer(block["memory_bytes"]) ?? 0 };
}

function generic(reservation: ObjectValue): Resources {
  const [block] = blocks(reservation["generic_resources"]);
  if (!block) return {};
  const named = texts(block["named_resources_spec"]).map((entry): GenericResource => {
    const [Kind, Value] = pair(entry);
    return { NamedResourceSpec: { Kind, Value } };
  });
  const discrete = texts(block["discrete_resources_spec"]).map((entry): GenericResource => {
    const [Kind, Value] = pair(entry);
    return { DiscreteResourceSpec: { Kind, Value: Number(Value) } };
  });
  return { GenericResources: [...named, ...discrete] };
}

function restartPolicy(block: ObjectValue): RestartPolicy {
  const [delay, window, attempts] = [nanoseconds(block["delay"]), nanoseconds(block["window"]), integer(block["max_attempts"])];
  return {
    Condition: text(block["condition"]) || "any",
    ...(delay === undefined ? {} : { Delay: delay }),
    ...(attempts === undefined ? {} : { MaxAttempts: attempts }),
    ...(window === undefined ? {} : { Window: window }),
  };
}

function placementSpec(block: ObjectValue): Placement {
  return {
    Constraints: texts(block["constraints"]),
    Preferences: texts(block["prefs"]).map((preference) => ({ Spread: { SpreadDescriptor: spreadOver(preference) } })),
    MaxReplicas: integer(block["max_replicas"]) ?? 0,
    Platforms: blocks(block["platforms"]).map((platform) => ({
      Architecture: text(platform["architecture"]) ?? "",
      OS: text(platform["os"]) ?? "",
    })),
  };
}

function networkAttachment(network: ObjectValue): NetworkAttachment {
  return {
    Target: text(network["id"]) || (text(network["name"]) ?? ""),
    Aliases: texts(network["aliases"]),
    DriverOpts: Object.fromEntries(texts(network["driver_opts"]).map(pair)),
  };
}
