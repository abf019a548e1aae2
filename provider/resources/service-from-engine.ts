import { labelBlocks } from "../identity";
import type { ObjectValue } from "../value";
import { durationText } from "./service-durations";
import { taskBlock } from "./service-from-task";
import type { Service, ServicePort, ServiceSpec, UpdateConfig } from "./swarm-api";

/**
 * The state of a service. What the engine cannot tell, credentials and how to wait, is left out.
 * @param networkNames of the networks that a state names otherwise than by their ids
 */
export function serviceState(service: Service, networkNames: ReadonlyMap<string, string> = new Map()): ObjectValue {
  const { Spec } = service;
  return {
    id: service.ID,
    name: Spec.Name,
    labels: labelBlocks(Spec.Labels),
    task_spec: [taskBlock(Spec.TaskTemplate, networkNames)],
    mode: [modeBlock(Spec.Mode)],
    update_config: Spec.UpdateConfig ? [rolloutBlock(Spec.UpdateConfig)] : [],
    rollback_config: Spec.RollbackConfig ? [rolloutBlock(Spec.RollbackConfig)] : [],
    endpoint_spec: Spec.EndpointSpec ? [endpointBlock(service, Spec.EndpointSpec)] : [],
  };
}

function modeBlock(mode: ServiceSpec["Mode"]): ObjectValue {
  if (mode?.Global) return { global: true, replicated: [] };
  return { global: false, replicated: [{ replicas: mode?.Replicated?.Replicas ?? 1 }] };
}

function rolloutBlock(config: UpdateConfig): ObjectValue {
  return {
    parallelism: config.Parallelism,
    delay: durationText(config.Delay ?? 0),
    failure_action: config.FailureAction || "pause",
    // The engine takes five seconds where none are given.
    monitor: durationText(config.Monitor ?? 0),
    max_failure_ratio: ratioText(config.MaxFailureRatio ?? 0),
    order: config.Order || "stop-first",
  };
}

function ratioText(ratio: number): string {
  return Number.isInteger(ratio) ? ratio.toFixed(1) : String(ratio);
}

function endpointBlock({ Endpoint }: Service, spec: NonNullable<ServiceSpec["EndpointSpec"]>): ObjectValue {
  return { mode: spec.Mode ?? "", ports: (spec.Ports ?? []).map((port) => portBlock(port, Endpoint?.Ports ?? [])) };
}

function portBlock(port: ServicePort, assigned: readonly ServicePort[]): ObjectValue {
  const own = assigned.find(({ TargetPort, Protocol }) => TargetPort === port.TargetPort && Protocol === port.Protocol);
  return {
    target_port: port.TargetPort ?? 0,
    published_port: port.PublishedPort ?? own?.PublishedPort ?? 0,
    name: port.Name ?? "",
    protocol: port.Protocol ?? "tcp",
    publish_mode: port.PublishMode ?? "ingress",
  };
}
