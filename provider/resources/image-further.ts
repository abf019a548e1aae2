import type { Engine } from "../../engine";
import { sameNested } from "../same";
import { blocks, texts, type ObjectValue } from "../value";
import type { ImageInspect } from "./container-api";
import { addImageName, heldNames } from "./image-name";
import { BUILD } from "./image-schema";

/** The build of a state, with those of its further names that the image still goes by. */
export function furtherNames({ RepoTags }: ImageInspect, { build }: ObjectValue): ObjectValue {
  const [built] = blocks(build);
  const names = texts(built?.["tag"]);
  const held = heldNames(names, RepoTags ?? []);
  return built && held.length < names.length ? { build: [{ ...built, tag: held }] } : {};
}

/** True for two builds that differ in further names alone, which need no other image. */
export function renames(prior: ObjectValue, planned: ObjectValue): boolean {
  const [before, after] = [blocks(prior["build"])[0], blocks(planned["build"])[0]];
  return before !== undefined && after !== undefined && sameNested([{ ...before, tag: null }], [{ ...after, tag: null }], BUILD);
}

/** Gives an image the further names of its build. Those that are no longer configured stay, as that of a `docker_tag` does. */
export async function giveFurtherNames(engine: Engine, image: string, { build }: ObjectValue): Promise<void> {
  for (const name of texts(blocks(build)[0]?.["tag"])) await addImageName(engine, image, name);
}
