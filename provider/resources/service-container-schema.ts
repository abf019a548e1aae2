import { LABELS, type NestedBlock } from "../schema";
import { chosen, optional, REPLACES, required, TEXT_LIST, TEXT_MAP } from "./attribute-kinds";
import { equalCapabilities, equalDuration } from "./container-equal";
import { durationFault, oneOf, propagationFault, sizeFault } from "./container-faults";
import { fileModeFault } from "./service-faults";
import { equalReferences } from "./swarm-equal";

const duration = optional("string", { default: "0s", equal: equalDuration, validate: durationFault });

/** A secret or config as a file of the container. */
const fileOf = (kind: "secret" | "config") =>
  ({
    nesting: "set",
    equal: equalReferences(kind),
    attributes: {
      [`${kind}_id`]: required("string", { description: `Id of the ${kind}.` }),
      [`${kind}_name`]: optional("string", { description: `Name of the ${kind}; looked up where it is not given.` }),
      file_name: required("string", { description: "Path in the container." }),
      file_uid: optional("string", { default: "0" }),
      file_gid: optional("string", { default: "0" }),
      file_mode: optional("number", { default: 0o444, validate: fileModeFault, description: "In decimal: 256 is 0400." }),
    },
  }) as const satisfies NestedBlock;

const MOUNTS = {
  nesting: "set",
  attributes: {
    type: required("string", { validate: oneOf(["bind", "volume", "tmpfs", "npipe"]), description: "`bind`, `volume` or `tmpfs`." }),
    target: required("string", { description: "Path in the container." }),
    source: optional("string", { description: "Path on the node, or name of the volume." }),
    read_only: optional("bool"),
  },
  blocks: {
    bind_options: {
      nesting: "list",
      max: 1,
      attributes: { propagation: optional("string", { default: "rprivate", validate: propagationFault }) },
    },
    tmpfs_options: { nesting: "list", max: 1, attributes: { mode: optional("number"), size_bytes: optional("number") } },
    volume_options: {
      nesting: "list",
      max: 1,
      attributes: { driver_name: optional("string"), driver_options: optional(TEXT_MAP), no_copy: optional("bool") },
      blocks: { labels: { nesting: "set", attributes: LABELS.attributes } },
    },
  },
} as const satisfies NestedBlock;

const HEALTHCHECK = {
  nesting: "list",
  max: 1,
  computed: true,
  attributes: {
    test: optional(TEXT_LIST, { description: '`["CMD", ...]`, `["CMD-SHELL", LINE]` or `["NONE"]`.' }),
    interval: duration,
    timeout: duration,
    start_period: duration,
    retries: optional("number", { default: 0, validate: sizeFault(0) }),
  },
} as const satisfies NestedBlock;

const PRIVILEGES = {
  nesting: "list",
  max: 1,
  attributes: {},
  blocks: {
    credential_spec: {
      nesting: "list",
      max: 1,
      attributes: { file: optional("string"), registry: optional("string") },
    },
    se_linux_context: {
      nesting: "list",
      max: 1,
      attributes: {
        disable: optional("bool"),
        level: optional("string"),
        role: optional("string"),
        type: optional("string"),
        user: optional("string"),
      },
    },
  },
} as const satisfies NestedBlock;

const DNS_CONFIG = {
  nesting: "list",
  max: 1,
  computed: true,
  attributes: { nameservers: required(TEXT_LIST), options: optional(TEXT_LIST), search: optional(TEXT_LIST) },
} as const satisfies NestedBlock;

/** The container of a task. */
export const CONTAINER_SPEC = {
  nesting: "list",
  min: 1,
  max: 1,
  attributes: {
    image: required("string", { description: "Name of the image, which each node pulls where it is absent." }),
    command: optional(TEXT_LIST, { description: "The program; the image's otherwise." }),
    args: optional(TEXT_LIST, { description: "Its arguments." }),
    env: optional(TEXT_MAP, { description: "Variables." }),
    user: optional("string", { description: "User or uid, with `:group`; the image's otherwise." }),
    groups: optional(TEXT_LIST, { description: "Supplementary groups." }),
    dir: optional("string", { description: "Working directory; the image's otherwise." }),
    hostname: optional("string"),
    init: chosen("bool", { description: "Runs an init as process 1 that reaps and forwards signals." }),
    stop_signal: optional("string", { description: "Signal that asks for the end; the image's otherwise." }),
    stop_grace_period: chosen("string", {
      equal: equalDuration,
      validate: durationFault,
      description: "Time between that signal and SIGKILL; 10s otherwise.",
    }),
    read_only: optional("bool", { description: "Makes its root file system read-only." }),
    cap_add: optional(TEXT_LIST, { equal: equalCapabilities, description: "Capabilities to add, such as `CAP_CHOWN`." }),
    cap_drop: optional(TEXT_LIST, { equal: equalCapabilities, description: "Capabilities to drop; `ALL` for all." }),
    sysctl: optional(TEXT_MAP, { ...REPLACES, description: "Kernel parameters." }),
    isolation: optional("string", { default: "default", validate: oneOf(["default", "process", "hyperv"]), description: "On Windows." }),
  },
  blocks: {
    configs: fileOf("config"),
    dns_config: DNS_CONFIG,
    healthcheck: HEALTHCHECK,
    hosts: {
      nesting: "set",
      forceNew: true,
      attributes: { host: required("string", REPLACES), ip: required("string", REPLACES) },
    },
    labels: { nesting: "set", attributes: LABELS.attributes },
    mounts: MOUNTS,
    privileges: PRIVILEGES,
    secrets: fileOf("secret"),
  },
} as const satisfies NestedBlock;
