import { imagesBom, type BomImage } from "../../images/image-bom";
import { findImage } from "../../images/image-store";
import { imageName, type PackageRecipe } from "../../images/recipe";
import { Failure } from "../failure";
import { stacksOf, withEngine, type ImageEngine, type ImagesPorts } from "./images";

/**
 * Prints the bill of materials of an environment's images from packages, as its host has them.
 *
 * @param name - environment; undefined stands for the only one that there is
 * @throws Failure `environment` for an image that the host lacks; EngineError
 */
export async function printSbom(ports: ImagesPorts, name: string | undefined): Promise<void> {
  for (const stack of stacksOf(ports, name === undefined ? [] : [name])) {
    const images = await withEngine(ports, stack, (engine) =>
      Promise.all(stack.recipes.map((recipe) => imageOn(engine, stack.name, recipe))),
    );
    ports.output.line(JSON.stringify(imagesBom(stack.name, images), undefined, 2));
  }
}

async function imageOn(engine: ImageEngine, stack: string, recipe: PackageRecipe): Promise<BomImage> {
  const image = await findImage(engine, recipe);
  if (image !== undefined) return { recipe, labels: image.labels };
  throw new Failure(
    "environment",
    `IMAGE_MISSING: ${imageName(recipe)} must be on the host, got no such image; run: npx tiers images build ${stack}`,
  );
}
