import type { Engine } from "../../engine";

/** Repository and tag of a name without a digest; the tag is `latest` where there is none. */
export function splitTag(name: string): { readonly repo: string; readonly tag: string } {
  const colon = name.lastIndexOf(":");
  if (colon <= name.lastIndexOf("/")) return { repo: name, tag: "latest" };
  return { repo: name.slice(0, colon), tag: name.slice(colon + 1) };
}

/** Those of some names that an image goes by, of all that the engine has for it. */
export function heldNames(names: readonly string[], all: readonly string[]): readonly string[] {
  const held = new Set(all.map(familiar));
  return names.filter((name) => held.has(familiar(name)));
}

/** As the engine shows a name. */
function familiar(name: string): string {
  const { repo, tag } = splitTag(name.replace(/^(index\.)?docker\.io\//, "").replace(/^library\//, ""));
  return `${repo}:${tag}`;
}

/** Where the engine has an image: its slashes are part of the path, anything else that means something there is not. */
export function imagePath(reference: string): string {
  return `/images/${encodeURI(reference).replaceAll(/[?#]/g, encodeURIComponent)}`;
}

/** Gives an image of the engine a further name. @throws EngineError */
export async function addImageName(engine: Engine, image: string, further: string): Promise<void> {
  await engine.post(`${imagePath(image)}/tag`, { query: splitTag(further) });
}
