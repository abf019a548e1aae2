import type { Engine } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import type { OperationContext } from "../resource";
import type { ImageInspect, ProcessConfig } from "./container-api";
import { engineReason, pullImage } from "./image-pull";
import { imagePath } from "./image-name";

const configurations = new WeakMap<Engine, Map<string, Promise<ProcessConfig | undefined>>>();

/** An image that the engine has, by name or id. */
export function findImage(engine: Engine, reference: string): Promise<ImageInspect | undefined> {
  return engine.find<ImageInspect>(`${imagePath(reference)}/json`);
}

/** The configuration of an image; an image never changes, so it is asked for once. */
export function imageConfig(engine: Engine, id: string): Promise<ProcessConfig | undefined> {
  const known = configurations.get(engine) ?? new Map<string, Promise<ProcessConfig | undefined>>();
  configurations.set(engine, known);
  const asked = known.get(id) ?? findImage(engine, id).then((image) => (image ? (image.Config ?? {}) : undefined));
  known.set(id, asked);
  asked.then(
    (config) => config ?? known.delete(id),
    () => known.delete(id),
  );
  return asked;
}

/** The id of an image that a name or id refers to on the engine. */
export async function imageId(engine: Engine, reference: string): Promise<string | undefined> {
  if (/^sha256:[0-9a-f]{64}$/.test(reference)) return reference;
  return (await findImage(engine, reference))?.Id;
}

/** The id of the image to run; a name that the engine does not have is pulled. */
export async function requireImage(context: OperationContext, reference: string, platform = ""): Promise<string> {
  const local = await findImage(context.engine, reference);
  if (local) return local.Id;
  try {
    return (await pullImage(context, reference, platform)).Id;
  } catch (error) {
    throw imageMissing(reference, error, "image");
  }
}

/** Says that an image is neither on the engine nor to be had. */
export function imageMissing(reference: string, cause: unknown, attribute: string): DiagnosticError {
  return new DiagnosticError(
    `Image ${reference} is missing`,
    `image must be on the engine or in a registry that it reaches, got: ${engineReason(cause)}`,
    { path: [attribute], cause },
  );
}
