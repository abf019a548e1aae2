import { EngineError, progressMessages } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import { RegistryError } from "../registry/registry-error";
import { registryImage } from "../registry/registry-address";
import { registryAuthHeader } from "../registry-auth";
import type { OperationContext, PlanAdjustment, PlanRequest, Resource } from "../resource";
import type { ResourceSchema } from "../schema";
import { blocks, flag, text, type ObjectValue } from "../value";
import { chosen, computed, optional, REPLACES, required, TEXT_MAP } from "./attribute-kinds";
import { buildImage } from "./image-build";
import { engineReason, followProgress } from "./image-pull";
import { parseReference } from "./image-reference";
import { buildkitFaults, requireBuildKit } from "./image-buildkit";
import { BUILD, TIMEOUTS } from "./image-schema";
import { noteImported, planImported } from "./imported";
import { AUTH_CONFIG, authFor, explainRefusal, INSECURE, registryFor } from "./registry-access";
import { imagePath } from "./image-name";

const SCHEMA: ResourceSchema = {
  version: 0,
  attributes: {
    id: chosen("string"),
    name: required("string", { ...REPLACES, description: "Name of the image with its registry and tag." }),
    sha256_digest: computed("string", { description: "Digest under which the registry has it." }),
    keep_remotely: optional("bool", { default: false, description: "Leaves the image in the registry when the resource is destroyed." }),
    triggers: optional(TEXT_MAP, { ...REPLACES, description: "Any values whose change pushes again." }),
    insecure_skip_verify: INSECURE,
  },
  blocks: { auth_config: AUTH_CONFIG, build: BUILD, timeouts: TIMEOUTS },
};

const UNTOLD = {
  treatment: ["auth_config", "insecure_skip_verify", "timeouts"],
  keep: "keep_remotely",
  triggers: ["triggers"],
};

/** `docker_registry_image`: an image of the engine, pushed to its registry. */
export const registryImageResource: Resource = {
  schema: SCHEMA,
  validate: buildkitFaults,
  plan: planPushed,
  create: pushImage,
  read: readPushed,
  update: updatePushed,
  delete: removePushed,
  import: importPushed,
};

function planPushed(request: PlanRequest, context: OperationContext): Promise<PlanAdjustment> {
  return requireBuildKit({ ...request, ...planImported(request, SCHEMA, UNTOLD, context) }, context);
}

function updatePushed(_prior: ObjectValue, planned: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  noteImported(context, false);
  return Promise.resolve(planned);
}

async function pushImage(planned: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  noteImported(context, false);
  const name = text(planned["name"]) ?? "";
  const [build] = blocks(planned["build"]);
  if (build) await buildImage(context, name, build);
  const pushed = await push(name, planned, context);
  const digest = pushed ?? (await (await registryFor(planned, context)).digest(registryImage(name).tag));
  return { ...planned, id: digest, sha256_digest: digest };
}

/** The digest that the engine says it has pushed. */
async function push(name: string, planned: ObjectValue, context: OperationContext): Promise<string | undefined> {
  const { repository, tag } = parseReference(name);
  const headers = { "X-Registry-Auth": registryAuthHeader(await authFor(planned, context)) };
  let digest: string | undefined;
  try {
    const stream = await context.engine.stream("POST", `${imagePath(repository)}/push`, {
      query: { tag },
      headers,
      signal: context.signal,
    });
    const messages = (async function* () {
      for await (const message of progressMessages(stream)) {
        digest = message.aux?.Digest ?? digest;
        yield message;
      }
    })();
    await followProgress(context, messages, `pushing ${name}`);
    return digest;
  } catch (error) {
    throw pushFailure(name, context.engine.address, error);
  }
}

function pushFailure(name: string, address: string, cause: unknown): unknown {
  if (!(cause instanceof EngineError) || cause.status === 0) return cause;
  const reason = engineReason(cause);
  // The containerd image store says "repository does not exist or may require authorization".
  const isAbsent = /does not exist|no such image/i.test(reason) && !/authorization/i.test(reason);
  const fix = isAbsent
    ? `; build it, or give it this name on the engine at ${address} with docker_tag`
    : "; where credentials are the cause give them in registry_auth or auth_config, or run `docker login`";
  return new DiagnosticError(`Image ${name} cannot be pushed`, `push must succeed, got: ${reason}${fix}`, { path: ["name"], cause });
}

async function readPushed(state: ObjectValue, context: OperationContext): Promise<ObjectValue | null> {
  const name = text(state["name"]) ?? "";
  try {
    const digest = await (await registryFor(state, context)).digest(registryImage(name).tag);
    warnOfOther(name, text(state["id"]) ?? "", digest, context);
    return { ...state, sha256_digest: digest };
  } catch (error) {
    if (error instanceof RegistryError && error.status === 404) return null;
    throw explainRefusal(name, error);
  }
}

/** No plan shows it: whether the tag is ours alone is not known. */
function warnOfOther(name: string, pushed: string, found: string, context: OperationContext): void {
  if (!pushed.startsWith("sha256:") || pushed === found) return;
  const detail = `${name} must stand for ${pushed}, which was pushed, got ${found}: somebody else has pushed to it; \`terraform apply -replace\` or another value of triggers pushes again`;
  context.warn(`Image ${name} has been pushed over`, detail, ["name"]);
}

async function removePushed(state: ObjectValue, context: OperationContext): Promise<void> {
  if (flag(state["keep_remotely"])) return;
  const name = text(state["name"]) ?? "";
  try {
    await (await registryFor(state, context)).remove(text(state["sha256_digest"]) ?? "");
  } catch (error) {
    throw error instanceof RegistryError && error.status === 405 ? noRemoval(name, error) : explainRefusal(name, error);
  }
}

/** The import id is the name. */
async function importPushed(name: string, context: OperationContext): Promise<ObjectValue> {
  try {
    const digest = await (await registryFor({ name }, context)).digest(registryImage(name).tag);
    noteImported(context, true);
    return { id: digest, name, sha256_digest: digest, keep_remotely: true };
  } catch (error) {
    throw explainRefusal(name, error);
  }
}

function noRemoval(name: string, cause: RegistryError): DiagnosticError {
  const detail = `the registry must allow images to be removed, got: ${cause.message}; allow it there, or set keep_remotely to leave the image`;
  return new DiagnosticError(`Image ${name} cannot be removed from its registry`, detail, { path: ["keep_remotely"], cause });
}
