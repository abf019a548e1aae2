import { LABELS, type NestedBlock } from "../schema";
import { optional, REPLACES, required, chosen, TEXTS, TEXT_LIST, TEXT_MAP } from "./attribute-kinds";
import { equalCapabilities, equalCapabilityBlocks, equalDuration, equalPorts } from "./container-equal";
import {
  absolutePathFault,
  base64Fault,
  durationFault,
  mountTypeFault,
  permissionsFault,
  propagationFault,
  relabelFault,
  sizeFault,
} from "./container-faults";

const duration = optional("string", { default: "0s", equal: equalDuration, validate: durationFault });

/** A limit of one device: a rate in bytes or operations per second. */
const DEVICE_RATE = {
  nesting: "set",
  forceNew: true,
  attributes: { path: required("string"), rate: required("number", { validate: sizeFault(0) }) },
} as const satisfies NestedBlock;

const CAPABILITIES = {
  nesting: "set",
  max: 1,
  forceNew: true,
  equal: equalCapabilityBlocks,
  attributes: {
    add: optional(TEXTS, { ...REPLACES, equal: equalCapabilities, description: "Capabilities to add, such as `CAP_CHOWN`." }),
    drop: optional(TEXTS, { ...REPLACES, equal: equalCapabilities, description: "Capabilities to drop; `ALL` for all." }),
  },
} as const satisfies NestedBlock;

/** The engine cannot change a health check in place, so that a change replaces the container. */
const HEALTHCHECK = {
  nesting: "list",
  max: 1,
  computed: true,
  forceNew: true,
  attributes: {
    test: optional(TEXT_LIST, { description: '`["CMD", ...]`, `["CMD-SHELL", LINE]` or `["NONE"]`.' }),
    interval: duration,
    timeout: duration,
    start_period: duration,
    start_interval: duration,
    retries: optional("number", { default: 0, validate: sizeFault(0) }),
  },
} as const satisfies NestedBlock;

const MOUNTS = {
  nesting: "set",
  forceNew: true,
  attributes: {
    type: required("string", { validate: mountTypeFault, description: "`bind`, `volume` or `tmpfs`." }),
    target: required("string", { description: "Path in the container." }),
    source: optional("string", { description: "Path on the host, or name of the volume." }),
    read_only: optional("bool"),
  },
  blocks: {
    bind_options: { nesting: "list", max: 1, attributes: { propagation: optional("string", { validate: propagationFault }) } },
    tmpfs_options: {
      nesting: "list",
      max: 1,
      forceNew: true,
      attributes: { mode: optional("number"), size_bytes: optional("number") },
    },
    volume_options: {
      nesting: "list",
      max: 1,
      attributes: {
        driver_name: optional("string"),
        driver_options: optional(TEXT_MAP),
        no_copy: optional("bool"),
        subpath: optional("string", { ...REPLACES, description: "Path inside the volume; needs API 1.45." }),
      },
      blocks: { labels: { nesting: "set", attributes: LABELS.attributes } },
    },
  },
} as const satisfies NestedBlock;

const NETWORKS = {
  nesting: "set",
  forceNew: true,
  attributes: {
    name: required("string", { ...REPLACES, description: "Name or id of the network." }),
    aliases: optional(TEXTS, { ...REPLACES, description: "Names by which others in the network find it." }),
    ipv4_address: optional("string", REPLACES),
    ipv6_address: optional("string", REPLACES),
    link_local_ips: optional(TEXTS, REPLACES),
    mac_address: optional("string", REPLACES),
    driver_opts: optional(TEXTS, { ...REPLACES, description: "Options of the network driver as `NAME=value`." }),
    gw_priority: optional("number", { ...REPLACES, description: "The highest one is the default gateway; needs API 1.48." }),
  },
} as const satisfies NestedBlock;

const PORTS = {
  nesting: "list",
  forceNew: true,
  equal: equalPorts,
  attributes: {
    internal: required("number", REPLACES),
    external: chosen("number", { ...REPLACES, description: "Port of the host; the daemon picks one otherwise." }),
    ip: optional("string", { ...REPLACES, default: "0.0.0.0" }),
    protocol: optional("string", { ...REPLACES, default: "tcp" }),
  },
} as const satisfies NestedBlock;

const UPLOAD = {
  nesting: "set",
  forceNew: true,
  attributes: {
    file: required("string", { ...REPLACES, description: "Path in the container." }),
    content: optional("string", REPLACES),
    content_base64: optional("string", { ...REPLACES, validate: base64Fault }),
    source: optional("string", { ...REPLACES, description: "Path of a file here." }),
    source_hash: optional("string", { ...REPLACES, description: "Changes with the file, so that the change is seen." }),
    executable: optional("bool", { ...REPLACES, default: false }),
    permissions: optional("string", { ...REPLACES, validate: permissionsFault, description: "Octal mode." }),
  },
} as const satisfies NestedBlock;

const VOLUMES = {
  nesting: "set",
  forceNew: true,
  attributes: {
    container_path: optional("string", REPLACES),
    volume_name: optional("string", REPLACES),
    host_path: optional("string", { ...REPLACES, validate: absolutePathFault }),
    from_container: optional("string", REPLACES),
    read_only: optional("bool", REPLACES),
    selinux_relabel: optional("string", { ...REPLACES, validate: relabelFault }),
  },
} as const satisfies NestedBlock;

/** The nested blocks of a container. */
export const CONTAINER_BLOCKS = {
  capabilities: CAPABILITIES,
  device_read_bps: DEVICE_RATE,
  device_read_iops: DEVICE_RATE,
  device_write_bps: DEVICE_RATE,
  device_write_iops: DEVICE_RATE,
  device_requests: {
    nesting: "set",
    forceNew: true,
    conflictsWith: ["gpus"],
    attributes: {
      capabilities: optional(TEXTS, REPLACES),
      count: optional("number", { ...REPLACES, default: 0 }),
      device_ids: optional(TEXTS, REPLACES),
      driver: optional("string", { ...REPLACES, default: "cdi" }),
      options: optional(TEXT_MAP, REPLACES),
    },
  },
  devices: {
    nesting: "set",
    forceNew: true,
    attributes: {
      host_path: required("string", REPLACES),
      container_path: optional("string", REPLACES),
      permissions: optional("string", { ...REPLACES, default: "rwm" }),
    },
  },
  healthcheck: HEALTHCHECK,
  host: { nesting: "set", forceNew: true, attributes: { host: required("string", REPLACES), ip: required("string", REPLACES) } },
  labels: { ...LABELS, computed: true },
  mounts: MOUNTS,
  networks_advanced: NETWORKS,
  ports: PORTS,
  timeouts: { nesting: "single", attributes: { create: optional("string"), update: optional("string"), delete: optional("string") } },
  ulimit: {
    nesting: "set",
    forceNew: true,
    attributes: { name: required("string", REPLACES), soft: required("number", REPLACES), hard: required("number", REPLACES) },
  },
  upload: UPLOAD,
  volumes: VOLUMES,
} as const satisfies { readonly [name: string]: NestedBlock };
