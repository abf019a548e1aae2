import { EngineError, type Engine } from "../../engine";
import { DiagnosticError, type Diagnostic } from "../diagnostic";
import type { OperationContext, Resource } from "../resource";
import { blocks, flag, isZero, text, texts, type ObjectValue } from "../value";
import type { ImageInspect } from "./container-api";
import { findImage, requireImage } from "./container-images";
import { repoDigest } from "./image-data";
import { buildImage } from "./image-build";
import { IMAGE_SCHEMA } from "./image-schema";

/** Attributes of a build that only BuildKit knows. */
const BUILDKIT = ["builder", "additional_contexts", "cache_to", "provenance", "sbom", "secrets"];

/** `docker_image`: an image that is present, pulled, or built by the engine's classic builder. */
export const image: Resource = {
  schema: IMAGE_SCHEMA,
  validate: validateImage,
  create: createImage,
  read: readImage,
  update: (_prior, planned, context) => present(context.engine, planned),
  delete: deleteImage,
};

function validateImage(config: ObjectValue): readonly Diagnostic[] {
  const [build] = blocks(config["build"]);
  return BUILDKIT.filter((name) => !isZero(build?.[name] ?? null)).map((name) => ({
    severity: "error",
    summary: "BuildKit is not supported",
    detail: `build.${name} must be unset, got a value: images are built by the engine's classic builder; build this one with \`docker buildx build\` and refer to it by name`,
    path: ["build"],
  }));
}

/** An image that the engine has is taken as it is; only an absent one is pulled. */
async function createImage(planned: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  const name = text(planned["name"]) ?? "";
  const [build] = blocks(planned["build"]);
  if (build) {
    await buildImage(context, name, build);
    for (const tag of texts(build["tag"])) await addName(context.engine, name, tag);
  } else {
    await requireImage(context, name, text(planned["platform"]));
  }
  return present(context.engine, planned);
}

async function addName(engine: Engine, name: string, further: string): Promise<void> {
  const colon = further.lastIndexOf(":");
  const [repo, tag] = colon > further.lastIndexOf("/") ? [further.slice(0, colon), further.slice(colon + 1)] : [further, "latest"];
  await engine.post(`/images/${name}/tag`, { query: { repo, tag } });
}

async function readImage(state: ObjectValue, { engine }: OperationContext): Promise<ObjectValue | null> {
  const found = await findImage(engine, text(state["name"]) ?? "");
  return found ? imageState(found, state) : null;
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
    await engine.delete(`/images/${name}`, { query: { force: flag(state["force_remove"]) ?? false } });
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
