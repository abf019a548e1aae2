import type { NestedBlock } from "../schema";
import { chosen, optional, REPLACES, required, TEXT_MAP, TEXTS } from "./attribute-kinds";
import { equalDuration } from "./container-equal";
import { durationFault, oneOf, sizeFault } from "./container-faults";
import { CONTAINER_SPEC } from "./service-container-schema";
import { discreteResourcesFault, namedResourcesFault } from "./service-faults";
import { equalNetworks, equalPreferences, equalRestartPolicies } from "./swarm-equal";

const duration = optional("string", { equal: equalDuration, validate: durationFault });

const SIZES = {
  memory_bytes: optional("number", { validate: sizeFault(0) }),
  nano_cpus: optional("number", { validate: sizeFault(0), description: "CPUs in billionths: 500000000 is half a CPU." }),
};

const RESOURCES = {
  nesting: "list",
  max: 1,
  computed: true,
  attributes: {},
  blocks: {
    limits: { nesting: "list", max: 1, attributes: SIZES },
    reservation: {
      nesting: "list",
      max: 1,
      attributes: SIZES,
      blocks: {
        generic_resources: {
          nesting: "list",
          max: 1,
          attributes: {
            named_resources_spec: optional(TEXTS, {
              validate: namedResourcesFault,
              description: "As `KIND=VALUE`. A swarm takes it and places no such task.",
            }),
            discrete_resources_spec: optional(TEXTS, {
              validate: discreteResourcesFault,
              description: "As `KIND=NUMBER`, also of a kind whose resources have names.",
            }),
          },
        },
      },
    },
  },
} as const satisfies NestedBlock;

const RESTART_POLICY = {
  nesting: "list",
  max: 1,
  computed: true,
  equal: equalRestartPolicies,
  attributes: {
    condition: optional("string", { validate: oneOf(["none", "on-failure", "any"]), description: "`any` unless given." }),
    delay: duration,
    max_attempts: optional("number", { validate: sizeFault(0), description: "0 is without end." }),
    window: duration,
  },
} as const satisfies NestedBlock;

const PLACEMENT = {
  nesting: "list",
  max: 1,
  computed: true,
  attributes: {
    constraints: optional(TEXTS, { description: "Such as `node.role==manager`." }),
    max_replicas: optional("number", { validate: sizeFault(0), description: "Most tasks on one node; 0 is any number." }),
    prefs: optional(TEXTS, { equal: equalPreferences, description: "What tasks are spread over, such as `spread=node.labels.zone`." }),
  },
  blocks: {
    platforms: { nesting: "set", attributes: { architecture: required("string"), os: required("string") } },
  },
} as const satisfies NestedBlock;

const NETWORKS = {
  nesting: "set",
  equal: equalNetworks,
  attributes: {
    name: optional("string", { ...REPLACES, description: "Name or id of the network." }),
    id: optional("string", { ...REPLACES, description: "Id of the network, instead of its name." }),
    aliases: optional(TEXTS, { ...REPLACES, description: "Names by which others in the network find the tasks." }),
    driver_opts: optional(TEXTS, { ...REPLACES, description: "Options of the network driver as `NAME=value`." }),
  },
} as const satisfies NestedBlock;

/** What each task of a service is. */
export const TASK_SPEC = {
  nesting: "list",
  min: 1,
  max: 1,
  attributes: {
    force_update: chosen("number", { validate: sizeFault(0), description: "A new number exchanges all tasks." }),
    runtime: chosen("string", { validate: oneOf(["container", "plugin"]) }),
  },
  blocks: {
    container_spec: CONTAINER_SPEC,
    log_driver: {
      nesting: "list",
      max: 1,
      attributes: { name: required("string"), options: optional(TEXT_MAP) },
    },
    networks_advanced: NETWORKS,
    placement: PLACEMENT,
    resources: RESOURCES,
    restart_policy: RESTART_POLICY,
  },
} as const satisfies NestedBlock;
