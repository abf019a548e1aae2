import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { imageName, type PackageRecipe } from "../../images/recipe";
import { afterSynth } from "../after-synth";

const byStack = new WeakMap<TerraformStack, Map<string, PackageRecipe>>();

/** Notes that a stack needs an image: its recipe is written to `images/` beside the stack's Terraform JSON, where `tiers images build` finds it. */
export function addRecipe(stack: TerraformStack, recipe: PackageRecipe): void {
  const known = byStack.get(stack);
  const recipes = known ?? new Map<string, PackageRecipe>();
  recipes.set(imageName(recipe), recipe);
  if (known !== undefined) return;
  byStack.set(stack, recipes);
  afterSynth(stack, (directory) => {
    write(join(directory, "images"), recipes);
  });
}

function write(directory: string, recipes: ReadonlyMap<string, PackageRecipe>): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const [name, recipe] of recipes) {
    const file = `${name.split("/").at(-1)?.replace(":", "-") ?? recipe.name}.json`;
    writeFileSync(join(directory, file), `${JSON.stringify(recipe, undefined, 2)}\n`);
  }
}
