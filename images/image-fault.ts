import { RECIPE_LABEL, ROOTFS_LABEL } from "./image-config";
import { recipeHash, type PackageRecipe } from "./recipe";

/** What an engine tells of an image. */
export interface InspectedImage {
  readonly Id: string;
  readonly RepoDigests?: readonly string[] | null;
  readonly RootFS?: { readonly Layers?: readonly string[] | null };
  readonly Config?: { readonly Labels?: Readonly<Record<string, string>> | null } | null;
}

/**
 * What is wrong with an image that has been declared by a name: it is missing, has another digest, was made from another recipe, or holds
 * another root file system than it says.
 *
 * @param recipe - the one whose image it is, where it comes from packages
 * @returns what must hold and what was found; undefined when nothing is wrong
 */
export function imageFault(reference: string, image: InspectedImage | undefined, recipe?: PackageRecipe): string | undefined {
  if (image === undefined) return `${reference} must be on the host, got no such image`;
  return digestFault(reference, image) ?? (recipe === undefined ? undefined : recipeFault(reference, image, recipe));
}

function digestFault(reference: string, { Id, RepoDigests }: InspectedImage): string | undefined {
  const digest = /(?:^|@)(sha256:[0-9a-f]{64})$/.exec(reference)?.[1];
  const known = [Id, ...(RepoDigests ?? []).map((name) => name.replace(/^.*@/, ""))];
  return digest === undefined || known.includes(digest) ? undefined : `${reference} must have this digest, got ${known.join(", ")}`;
}

/** The engine works the layers' hashes out by itself, so the label cannot claim what is not there. */
function recipeFault(reference: string, { Config, RootFS }: InspectedImage, recipe: PackageRecipe): string | undefined {
  const labels = Config?.Labels ?? {};
  const [made, wanted] = [labels[RECIPE_LABEL], recipeHash(recipe)];
  if (made !== wanted) return `${reference} must be made from recipe ${wanted.slice(0, 12)}, got ${made?.slice(0, 12) ?? "no recipe"}`;
  const layers = RootFS?.Layers ?? [];
  const [said = "nothing"] = [labels[ROOTFS_LABEL]];
  return layers.length === 1 && layers[0] === said
    ? undefined
    : `${reference} must hold the one layer ${said}, as it says, got ${layers.join(", ") || "none"}`;
}
