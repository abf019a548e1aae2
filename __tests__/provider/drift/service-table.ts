import { acted, seen, unseen, type DriftCase, type DriftTable } from "./case";
import { CREDENTIAL, TREATMENT } from "./reasons";
import { TASK } from "./service-task-table";

const MILLISECOND = 1e6;
const SECOND = 1000 * MILLISECOND;

/** How tasks are exchanged, forwards or backwards. */
function rollout(block: string, place: string): { readonly [path: string]: DriftCase } {
  const at = (name: string, value: unknown): DriftCase => seen(`Spec.${place}.${name}`, value);
  return {
    [`${block}.parallelism`]: at("Parallelism", 3),
    [`${block}.delay`]: at("Delay", 20 * SECOND),
    [`${block}.failure_action`]: at("FailureAction", "pause"),
    [`${block}.monitor`]: at("Monitor", 20 * SECOND),
    [`${block}.max_failure_ratio`]: at("MaxFailureRatio", 0.5),
    [`${block}.order`]: at("Order", "stop-first"),
  };
}

const port = (name: string, value: unknown) => seen(`Spec.EndpointSpec.Ports.0.${name}`, value);

/** A service: what its specification has otherwise. */
export const SERVICE: DriftTable = {
  type: "docker_service",
  cases: {
    id: acted("it is removed", "a new one"),
    name: seen("Spec.Name", "drift-renamed", { variant: "answered" }),
    "auth.server_address": unseen(CREDENTIAL),
    "auth.username": unseen(CREDENTIAL),
    "auth.password": unseen(CREDENTIAL),
    "converge_config.delay": unseen(TREATMENT),
    "converge_config.timeout": unseen(TREATMENT),
    "endpoint_spec.mode": seen("Spec.EndpointSpec", { Mode: "dnsrr" }, { with: ["endpoint_spec.ports"] }),
    "endpoint_spec.ports.target_port": port("TargetPort", 81),
    "endpoint_spec.ports.published_port": port("PublishedPort", 18081),
    "endpoint_spec.ports.name": port("Name", "other"),
    "endpoint_spec.ports.protocol": port("Protocol", "udp"),
    "endpoint_spec.ports.publish_mode": port("PublishMode", "ingress"),
    "labels.label": seen("Spec.Labels", { other: "web" }),
    "labels.value": seen("Spec.Labels", { tier: "other" }),
    "mode.global": seen("Spec.Mode", { Replicated: { Replicas: 1 } }, { variant: "answered" }),
    "mode.replicated.replicas": seen("Spec.Mode.Replicated.Replicas", 1, { mended: "in place" }),
    ...rollout("rollback_config", "RollbackConfig"),
    ...rollout("update_config", "UpdateConfig"),
    ...TASK,
  },
};
