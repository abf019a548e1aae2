import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Engine } from "../engine";
import { imageName, type PackageRecipe } from "../images/recipe";
import type { Figure } from "./figure";

const LIMITS_MB: Readonly<Record<string, number>> = { nginx: 15, redis: 25, mysql: 160, mariadb: 60 };

/** Sizes of the images that the environment uses, as the engine counts them; 1 MB = 1,000,000 bytes. */
export async function imageFigures(environment: string): Promise<Figure[]> {
  const engine = new Engine();
  const directory = join("cdktf.out/stacks", environment, "images");
  const recipes = readdirSync(directory).map((file) => JSON.parse(readFileSync(join(directory, file), "utf8")) as PackageRecipe);
  return Promise.all(
    recipes.flatMap((recipe) => {
      const limit = LIMITS_MB[recipe.name];
      return limit === undefined ? [] : [figureOf(engine, recipe, limit)];
    }),
  );
}

async function figureOf(engine: Engine, recipe: PackageRecipe, limit: number): Promise<Figure> {
  const { Size } = await engine.get<{ Size: number }>(`/images/${imageName(recipe)}/json`);
  return { name: `image ${recipe.name}`, measured: Size / 1e6, limit, unit: "MB", detail: imageName(recipe) };
}
