import { labelsOf } from "../identity";
import { blocks, flag, integer, text, type ObjectValue } from "../value";
import { nanoseconds } from "./service-durations";
import { taskSpec } from "./service-to-task";
import type { ServicePort, ServiceSpec, UpdateConfig } from "./swarm-api";

/** The specification of a planned service as the engine takes it. */
export function serviceSpec(planned: ObjectValue): ServiceSpec {
  const [task] = blocks(planned["task_spec"]);
  const [update] = blocks(planned["update_config"]);
  const [rollback] = blocks(planned["rollback_config"]);
  const [endpoint] = blocks(planned["endpoint_spec"]);
  return {
    Name: text(planned["name"]) ?? "",
    Labels: labelsOf(planned),
    TaskTemplate: taskSpec(task ?? {}),
    Mode: modeSpec(planned),
    ...(update ? { UpdateConfig: rollout(update) } : {}),
    ...(rollback ? { RollbackConfig: rollout(rollback) } : {}),
    ...(endpoint ? { EndpointSpec: endpointSpec(endpoint) } : {}),
  };
}

function modeSpec(planned: ObjectValue): NonNullable<ServiceSpec["Mode"]> {
  const [mode] = blocks(planned["mode"]);
  if (flag(mode?.["global"])) return { Global: {} };
  const [replicated] = blocks(mode?.["replicated"]);
  return { Replicated: { Replicas: integer(replicated?.["replicas"]) ?? 1 } };
}

function rollout(block: ObjectValue): UpdateConfig {
  return {
    Parallelism: integer(block["parallelism"]) ?? 1,
    Delay: nanoseconds(block["delay"]) ?? 0,
    FailureAction: text(block["failure_action"]) ?? "pause",
    Monitor: nanoseconds(block["monitor"]) ?? 0,
    MaxFailureRatio: Number(text(block["max_failure_ratio"]) ?? 0),
    Order: text(block["order"]) ?? "stop-first",
  };
}

function endpointSpec(block: ObjectValue): NonNullable<ServiceSpec["EndpointSpec"]> {
  const mode = text(block["mode"]);
  return { ...(mode ? { Mode: mode } : {}), Ports: blocks(block["ports"]).map(servicePort) };
}

function servicePort(port: ObjectValue): ServicePort {
  const [name, published] = [text(port["name"]), integer(port["published_port"])];
  return {
    ...(name ? { Name: name } : {}),
    Protocol: text(port["protocol"]) ?? "tcp",
    TargetPort: integer(port["target_port"]) ?? 0,
    ...(published ? { PublishedPort: published } : {}),
    PublishMode: text(port["publish_mode"]) ?? "ingress",
  };
}
