import { DiagnosticError } from "../diagnostic";
import type { OperationContext, Resource } from "../resource";
import type { ResourceSchema } from "../schema";
import { text, type ObjectValue } from "../value";
import { chosen, computed, optional, REPLACES, required, TEXTS } from "./attribute-kinds";
import { findImage } from "./container-images";
import { addImageName } from "./image-name";
import { noteImported, planImported } from "./imported";

const SCHEMA: ResourceSchema = {
  version: 0,
  attributes: {
    id: chosen("string"),
    source_image: required("string", { ...REPLACES, description: "Name or id of the image that gets a further name." }),
    target_image: required("string", { ...REPLACES, description: "The further name, with its tag." }),
    source_image_id: computed("string", { description: "Id of the image." }),
    tag_triggers: optional(TEXTS, {
      ...REPLACES,
      description: "Any values whose change gives the name again, to what the source is then.",
    }),
  },
};

const UNTOLD = { treatment: [], triggers: ["tag_triggers"] };

/** `docker_tag`: a further name of an image. The name stays when the resource goes, as with the public provider. */
export const tag: Resource = {
  schema: SCHEMA,
  plan: (request, context) => planImported(request, SCHEMA, UNTOLD, context),
  create: createTag,
  read: readTag,
  update: noteTriggers,
  delete: () => Promise.resolve(),
  import: importTag,
};

async function createTag(planned: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  const { engine } = context;
  noteImported(context, false);
  const [source, target] = names(planned);
  const found = await findImage(engine, source);
  if (!found) throw missing(source, engine.address, "source_image");
  await addImageName(engine, source, target);
  return { ...planned, id: tagId(source, target), source_image_id: found.Id };
}

/** Only the triggers of an imported tag come here: they are noted in the state. */
function noteTriggers(_prior: ObjectValue, planned: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  noteImported(context, false);
  return Promise.resolve(planned);
}

/** A name that is gone, or one of the two that has come to stand for another image: it has to be given again. */
async function readTag(state: ObjectValue, { engine }: OperationContext): Promise<ObjectValue | null> {
  const [source, target] = await Promise.all(names(state).map((name) => findImage(engine, name)));
  // A source that is gone could not be given a name: what it was stands for it.
  const wanted = source?.Id ?? text(state["source_image_id"]);
  return target?.Id === wanted && wanted === text(state["source_image_id"]) ? state : null;
}

async function importTag(id: string, context: OperationContext): Promise<ObjectValue> {
  const { engine } = context;
  noteImported(context, true);
  const [source = "", target, ...more] = id.split(",");
  if (target === undefined || more.length > 0) throw malformedId(id);
  const [image, tagged] = [await findImage(engine, source), await findImage(engine, target)];
  if (!image) throw missing(source, engine.address);
  if (tagged?.Id !== image.Id) throw otherImage(source, target);
  return { id: tagId(source, target), source_image: source, target_image: target, source_image_id: image.Id };
}

function names(state: ObjectValue): readonly [string, string] {
  return [text(state["source_image"]) ?? "", text(state["target_image"]) ?? ""];
}

function tagId(source: string, target: string): string {
  return `${source}.${target}`;
}

function missing(source: string, address: string, attribute?: string): DiagnosticError {
  const detail = `source_image must be an image on the engine at ${address}, got ${JSON.stringify(source)}, which it does not have`;
  return new DiagnosticError("Image is missing", detail, attribute ? { path: [attribute] } : {});
}

function malformedId(id: string): DiagnosticError {
  return new DiagnosticError("Import id is malformed", `the import id must be SOURCE,TARGET (two image names), got ${JSON.stringify(id)}`);
}

function otherImage(source: string, target: string): DiagnosticError {
  const detail = `target_image must name the image of ${source} to be imported, got ${JSON.stringify(target)}, which does not; \`docker tag ${source} ${target}\` makes it so`;
  return new DiagnosticError("Tag names another image", detail);
}
