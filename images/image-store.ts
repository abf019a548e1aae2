import type { Engine } from "../engine";
import { RECIPE_LABEL } from "./image-config";
import { imageName, recipeHash, type PackageRecipe } from "./recipe";

/** An image on a host. */
export interface StoredImage {
  readonly id: string;
  /** Bytes. */
  readonly size: number;
  readonly labels: Readonly<Record<string, string>>;
}

interface ImageInspect {
  readonly Id: string;
  readonly Size: number;
  readonly Config?: { readonly Labels?: Readonly<Record<string, string>> | null };
}

/** The image of a recipe; undefined when the host has none of this name that was made from this very recipe. */
export async function findImage(engine: Pick<Engine, "find">, recipe: PackageRecipe): Promise<StoredImage | undefined> {
  const image = await engine.find<ImageInspect>(`/images/${imageName(recipe)}/json`);
  const labels = image?.Config?.Labels ?? {};
  if (image === undefined || labels[RECIPE_LABEL] !== recipeHash(recipe)) return undefined;
  return { id: image.Id, size: image.Size, labels };
}
