import type { Attribute, NestedBlock, ResourceSchema } from "../schema";
import { computed, optional, REPLACES, required, TEXTS, TEXT_LIST, TEXT_MAP } from "./attribute-kinds";

const text = optional("string", REPLACES);
const number = optional("number", REPLACES);
const bool = optional("bool", REPLACES);
const list = optional(TEXT_LIST, REPLACES);

/** What is built. */
const RECIPE = {
  context: required("string", { ...REPLACES, description: "Directory whose files the build may use." }),
  dockerfile: optional("string", { ...REPLACES, default: "Dockerfile", description: "Path of the Dockerfile inside the context." }),
  remote_context: optional("string", {
    ...REPLACES,
    description: "A Git repository or tarball that the engine fetches instead of the context.",
  }),
  build_args: optional(TEXT_MAP, { ...REPLACES, description: "Values of the Dockerfile's ARGs." }),
  target: optional("string", { ...REPLACES, description: "Stage to build." }),
  tag: optional(TEXT_LIST, { description: "Further names of the image." }),
  label: optional(TEXT_MAP, { description: "Labels of the image." }),
  labels: optional(TEXT_MAP, { ...REPLACES, description: "Labels of the image." }),
  platform: optional("string", { ...REPLACES, description: "Platform to build for." }),
  cache_from: optional(TEXT_LIST, { ...REPLACES, description: "Images whose layers may be reused." }),
  no_cache: optional("bool", { ...REPLACES, description: "Runs every step again." }),
  pull_parent: optional("bool", { ...REPLACES, description: "Looks for newer base images." }),
  extra_hosts: optional(TEXT_LIST, { ...REPLACES, description: "`NAME:ADDRESS` for the steps of the build." }),
  network_mode: optional("string", { ...REPLACES, description: "Network of the steps of the build." }),
  build_log_file: optional("string", { ...REPLACES, description: "File here that gets the build's output." }),
} as const satisfies { [name: string]: Attribute };

/** What the steps of a build may use. */
const LIMITS = {
  memory: number,
  memory_swap: number,
  cpu_shares: number,
  cpu_period: number,
  cpu_quota: number,
  cpu_set_cpus: text,
  cpu_set_mems: text,
  shm_size: number,
  cgroup_parent: text,
  isolation: text,
  security_opt: list,
} as const satisfies { [name: string]: Attribute };

/** How the engine builds. */
const TREATMENT = {
  builder: optional("string", { ...REPLACES, default: "", description: "A BuildKit builder; empty for the engine's classic builder." }),
  use_legacy_builder: optional("bool", { ...REPLACES, default: false }),
  remove: optional("bool", { default: true, description: "Removes the containers of the steps." }),
  force_remove: bool,
  squash: bool,
  suppress_output: bool,
  build_id: text,
  session_id: text,
  version: text,
  additional_contexts: list,
  cache_to: list,
  provenance: text,
  sbom: text,
} as const satisfies { [name: string]: Attribute };

/** The block that describes a build. */
export const BUILD = {
  nesting: "set",
  max: 1,
  attributes: { ...RECIPE, ...LIMITS, ...TREATMENT },
  blocks: {
    auth_config: {
      nesting: "list",
      attributes: {
        host_name: required("string"),
        user_name: optional("string"),
        password: optional("string"),
        auth: optional("string"),
        email: optional("string"),
        identity_token: optional("string"),
        registry_token: optional("string"),
        server_address: optional("string"),
      },
    },
    secrets: { nesting: "list", attributes: { id: required("string", REPLACES), env: text, src: text } },
    ulimit: {
      nesting: "list",
      attributes: { name: required("string", REPLACES), soft: required("number", REPLACES), hard: required("number", REPLACES) },
    },
  },
} as const satisfies NestedBlock;

/** How long may be waited; kept for the public provider's sake. */
export const TIMEOUTS = {
  nesting: "single",
  attributes: { create: optional("string"), update: optional("string"), delete: optional("string") },
} as const satisfies NestedBlock;

/** The schema of the public provider's 4.5.0. */
export const IMAGE_SCHEMA: ResourceSchema = {
  version: 0,
  attributes: {
    id: computed("string"),
    name: required("string", { ...REPLACES, description: "Name of the image with its tag or digest." }),
    image_id: computed("string", { description: "Id of the image, by which containers should refer to it." }),
    repo_digest: computed("string", { description: "Name and digest under which a registry has it; empty for a local image." }),
    keep_locally: optional("bool", { description: "Leaves the image on the engine when the resource is destroyed." }),
    force_remove: optional("bool", { description: "Removes the image although stopped containers use it." }),
    platform: optional("string", { ...REPLACES, description: "Platform to pull." }),
    triggers: optional(TEXT_MAP, { ...REPLACES, description: "Any values whose change pulls or builds again." }),
    pull_triggers: optional(TEXTS, { ...REPLACES, description: "As `triggers`, as a set." }),
  },
  blocks: {
    build: { ...BUILD, conflictsWith: ["pull_triggers"] },
    timeouts: TIMEOUTS,
  },
};
