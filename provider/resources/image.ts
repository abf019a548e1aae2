import { EngineError, type Engine } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import type { OperationContext, PlanAdjustment, PlanRequest, Resource } from "../resource";
import { blocks, flag, isZero, text, type ObjectValue } from "../value";
import type { ImageInspect } from "./container-api";
import { findImage, imageMissing, requireImage } from "./container-images";
import { repoDigest } from "./image-data";
import { buildImage } from "./image-build";
import { buildkitFaults, requireBuildKit } from "./image-buildkit";
import { furtherNames, giveFurtherNames, renames } from "./image-further";
import { platformState } from "./image-platform";
import { engineReason, pullImage } from "./image-pull";
import { IMAGE_SCHEMA } from "./image-schema";
import { noteImported, planImported } from "./imported";
import { imagePath } from "./image-name";

const UNTOLD = { treatment: ["force_remove", "timeouts"], keep: "keep_locally", triggers: ["triggers", "pull_triggers"] };

/** `docker_image`: an image that is present, pulled, or built. */
export const image: Resource = {
  schema: IMAGE_SCHEMA,
  validate: buildkitFaults,
  plan: planImage,
  create: createImage,
  read: readImage,
  update: updateImage,
  delete: deleteImage,
  import: importImage,
};

/** An image that was imported is of the platform that is configured, or it is another. */
async function planImage(request: PlanRequest, context: OperationContext): Promise<PlanAdjustment> {
  const { prior, planned } = request;
  const found = prior && request.replace.includes("platform") ? await findImage(context.engine, text(prior["name"]) ?? "") : undefined;
  const isSame = found && isZero(await platformState(context.engine, found, planned));
  const treatment = isSame ? [...UNTOLD.treatment, "platform"] : UNTOLD.treatment;
  const named = prior && renames(prior, planned) ? request.replace.filter((name) => name !== "build") : request.replace;
  const adjusted = planImported({ ...request, replace: named }, IMAGE_SCHEMA, { ...UNTOLD, treatment }, context);
  return requireBuildKit({ ...request, ...adjusted }, context);
}

async function updateImage(prior: ObjectValue, planned: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  noteImported(context, false);
  await giveFurtherNames(context.engine, text(prior["image_id"]) ?? "", planned);
  return present(context.engine, planned);
}

/** An image that the engine has is taken as it is; only an absent one is pulled, unless triggers say when to look for a newer one. */
async function createImage(planned: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  const name = text(planned["name"]) ?? "";
  const [build] = blocks(planned["build"]);
  noteImported(context, false);
  if (build) {
    await buildImage(context, name, build);
  } else if (isZero(planned["triggers"] ?? null) && isZero(planned["pull_triggers"] ?? null)) {
    await requireImage(context, name, text(planned["platform"]));
  } else {
    await refreshImage(context, name, text(planned["platform"]));
  }
  return present(context.engine, planned);
}

/** A trigger asks for what the registry has now. An engine that cannot reach it goes on with what it has. */
async function refreshImage(context: OperationContext, name: string, platform: string | undefined): Promise<void> {
  try {
    await pullImage(context, name, platform);
  } catch (error) {
    if (context.signal.aborted || !(await findImage(context.engine, name))) throw imageMissing(name, error, "name");
    const detail = `${name} must be pulled since it has triggers, got: ${engineReason(error)}; the engine's own image of that name is used`;
    context.warn(`Image ${name} may be outdated`, detail, ["name"]);
  }
}

async function readImage(state: ObjectValue, { engine }: OperationContext): Promise<ObjectValue | null> {
  const found = await findImage(engine, text(state["name"]) ?? "");
  if (found && isOther(found, state)) return null;
  return found ? { ...imageState(found, state), ...furtherNames(found, state), ...(await platformState(engine, found, state)) } : null;
}

/** A name that has come to stand for another image than was built has to be built again. */
function isOther(found: ImageInspect, state: ObjectValue): boolean {
  const built = blocks(state["build"]).length > 0 ? text(state["image_id"]) : undefined;
  return Boolean(built) && built !== found.Id;
}

async function present(engine: Engine, planned: ObjectValue): Promise<ObjectValue> {
  const name = text(planned["name"]) ?? "";
  const found = await findImage(engine, name);
  if (found) return { ...planned, ...imageState(found, planned) };
  throw new DiagnosticError(
    `Image ${name} is missing`,
    `name must be an image on the engine after it was made, got ${name}, which somebody has removed meanwhile`,
    { path: ["name"] },
  );
}

function imageState(found: ImageInspect, prior: ObjectValue): ObjectValue {
  const name = text(prior["name"]) ?? "";
  return { id: `${found.Id}${name}`, image_id: found.Id, repo_digest: repoDigest(name, found.RepoDigests ?? []) };
}

/** Takes the name away; the engine removes the image with its last name. */
async function deleteImage(state: ObjectValue, { engine }: OperationContext): Promise<void> {
  if (flag(state["keep_locally"])) return;
  const name = text(state["name"]) ?? "";
  try {
    await engine.delete(imagePath(name), { query: { force: flag(state["force_remove"]) ?? false } });
  } catch (error) {
    if (EngineError.isNotFound(error)) return;
    if (!EngineError.isConflict(error)) throw error;
    throw new DiagnosticError(
      `Image ${name} is in use`,
      `image must be unused to be removed, got: ${error.message}; remove its containers, set force_remove, or set keep_locally to leave it`,
      { cause: error },
    );
  }
}

/** The import id is the name, as `docker_image` has it in `name`, or an id, whose image is then known by its first name. */
async function importImage(reference: string, context: OperationContext): Promise<ObjectValue> {
  const { engine } = context;
  const found = await findImage(engine, reference);
  const name = found && nameOf(found, reference);
  noteImported(context, true);
  if (found && name !== undefined) return { ...imageState(found, { name }), name, keep_locally: true };
  if (found)
    throw new DiagnosticError(
      "Image has no name",
      `the import id must stand for an image that has a name, got ${JSON.stringify(reference)}; \`docker tag ${reference} NAME\` gives it one`,
    );
  throw new DiagnosticError(
    "Image not found",
    `the import id must be the name or id of an image on ${engine.address}, got ${JSON.stringify(reference)}; \`docker images\` shows them`,
  );
}

/** The reference, unless it is an id, long or short. */
function nameOf({ Id, RepoTags }: ImageInspect, reference: string): string | undefined {
  const isId = Id === reference || (/^[0-9a-f]{12,}$/.test(reference) && Id.startsWith(`sha256:${reference}`));
  return isId ? (RepoTags ?? [])[0] : reference;
}
