import type { IConstruct } from "constructs";
import { imageName, type PackageRecipe } from "../../images/recipe";
import { ConstructError } from "../errors";
import type { IContainerImage } from "./bound-image";

/**
 * Refuses another engine's image where that can be known before a host is asked: of our own recipes alone.
 *
 * @throws ConstructError `IMAGE_ENGINE`
 */
export function requireEngine<Engine extends string>(
  owner: IConstruct,
  image: IContainerImage,
  engine: Engine,
  recipes: Readonly<Record<Engine, PackageRecipe>>,
): void {
  const { identity } = image.bind(owner);
  const names = Object.keys(recipes) as Engine[];
  const other = names.find((name) => name !== engine && imageName(recipes[name]) === identity);
  if (other === undefined) return;
  throw new ConstructError(
    "IMAGE_ENGINE",
    `image must be one of engine "${engine}", got ${identity} of "${other}"; use engine: "${other}", or leave the image out`,
    owner,
  );
}
