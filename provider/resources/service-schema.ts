import { LABELS, type NestedBlock, type ResourceSchema } from "../schema";
import { chosen, optional, REPLACES, required } from "./attribute-kinds";
import { equalDuration } from "./container-equal";
import { durationFault, oneOf, sizeFault } from "./container-faults";
import { TASK_SPEC } from "./service-task-schema";
import { ratioFault } from "./service-faults";
import { equalRatio } from "./swarm-equal";

const duration = (fallback: string, description: string) =>
  optional("string", { default: fallback, equal: equalDuration, validate: durationFault, description });

/** How tasks are exchanged, forwards or backwards. */
const rollout = (failureActions: readonly string[]) =>
  ({
    nesting: "list",
    max: 1,
    attributes: {
      parallelism: optional("number", { default: 1, validate: sizeFault(0), description: "Tasks exchanged at once; 0 is all." }),
      delay: duration("0s", "Between one group of tasks and the next."),
      failure_action: optional("string", {
        default: "pause",
        validate: oneOf(failureActions),
        description: `What a failed task does: ${failureActions.join(", ")}.`,
      }),
      monitor: duration("5s", "How long a new task is watched for failure."),
      max_failure_ratio: optional("string", {
        default: "0.0",
        equal: equalRatio,
        validate: ratioFault,
        description: "Share of tasks that may fail, 0.0 to 1.0.",
      }),
      order: optional("string", {
        default: "stop-first",
        validate: oneOf(["stop-first", "start-first"]),
        description: "Whether the old task ends before the new one starts.",
      }),
    },
  }) as const satisfies NestedBlock;

const ENDPOINT_SPEC = {
  nesting: "list",
  max: 1,
  computed: true,
  attributes: {
    mode: chosen("string", { validate: oneOf(["vip", "dnsrr"]), description: "One virtual address, or those of all tasks." }),
  },
  blocks: {
    ports: {
      nesting: "list",
      attributes: {
        target_port: required("number", { description: "Port in the container." }),
        published_port: chosen("number", { description: "Port of the nodes; the swarm picks one otherwise." }),
        name: optional("string"),
        protocol: optional("string", { default: "tcp", validate: oneOf(["tcp", "udp", "sctp"]) }),
        publish_mode: optional("string", {
          default: "ingress",
          validate: oneOf(["ingress", "host"]),
          description: "`ingress` on every node, `host` where a task runs.",
        }),
      },
    },
  },
} as const satisfies NestedBlock;

const MODE = {
  nesting: "list",
  max: 1,
  computed: true,
  forceNew: true,
  attributes: { global: optional("bool", { default: false, conflictsWith: ["replicated"], description: "One task on each node." }) },
  blocks: {
    replicated: {
      nesting: "list",
      max: 1,
      computed: true,
      attributes: { replicas: optional("number", { default: 1, validate: sizeFault(0), description: "Number of tasks." }) },
    },
  },
} as const satisfies NestedBlock;

const AUTH = {
  nesting: "list",
  max: 1,
  forceNew: true,
  attributes: {
    server_address: required("string", { ...REPLACES, description: "Registry from which the nodes pull." }),
    username: optional("string", { ...REPLACES, default: "" }),
    password: optional("string", { ...REPLACES, default: "", sensitive: true }),
  },
} as const satisfies NestedBlock;

const CONVERGE_CONFIG = {
  nesting: "list",
  max: 1,
  attributes: {
    delay: duration("7s", "Longest time between two looks at the tasks."),
    timeout: duration("3m", "Longest time until all tasks run."),
  },
} as const satisfies NestedBlock;

/** The schema of the public provider's 4.5.0. */
export const SERVICE_SCHEMA: ResourceSchema = {
  version: 2,
  attributes: {
    id: chosen("string", { description: "Id of the service." }),
    name: required("string", { ...REPLACES, description: "Name of the service." }),
  },
  blocks: {
    auth: AUTH,
    converge_config: CONVERGE_CONFIG,
    endpoint_spec: ENDPOINT_SPEC,
    labels: {
      nesting: "set",
      computed: true,
      attributes: {
        label: required("string", { description: LABELS.attributes.label.description }),
        value: required("string", { description: LABELS.attributes.value.description }),
      },
    },
    mode: MODE,
    rollback_config: rollout(["pause", "continue"]),
    task_spec: TASK_SPEC,
    update_config: rollout(["pause", "continue", "rollback"]),
  },
};
