import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nginxRecipe, redisRecipe } from "../../../index";
import { ContainerImage } from "../../../constructs";
import { imageName } from "../../../images/recipe";
import { inFolder, newStack, shopImage, written } from "../synth";

const directory = (folder: string): string => join(folder, "cdktf.out", "stacks", "dev", "images");

describe("addRecipe", () => {
  it("writes the recipes of a stack beside its Terraform JSON, for the builder", () => {
    inFolder((folder) => {
      const stack = newStack(folder);
      for (const recipe of [nginxRecipe, redisRecipe, nginxRecipe]) ContainerImage.fromPackages(recipe).bind(stack);
      written(folder, stack);
      const files = [nginxRecipe, redisRecipe].map((recipe) => `${imageName(recipe).split("/").at(-1)?.replace(":", "-") ?? ""}.json`);
      expect(readdirSync(directory(folder))).toEqual(files.sort());
      expect(JSON.parse(readFileSync(join(directory(folder), files[0] ?? ""), "utf8"))).toEqual(nginxRecipe);
    });
  });

  it("leaves no recipe behind that the stack does not use any more", () => {
    inFolder((folder) => {
      mkdirSync(directory(folder), { recursive: true });
      writeFileSync(join(directory(folder), "old.json"), "{}");
      const stack = newStack(folder);
      ContainerImage.fromPackages(nginxRecipe).bind(stack);
      written(folder, stack);
      expect(readdirSync(directory(folder))).toEqual([expect.stringMatching(/^nginx-/)]);
    });
  });

  it("writes nothing for a stack without such an image", () => {
    inFolder((folder) => {
      const stack = newStack(folder);
      shopImage().bind(stack);
      written(folder, stack);
      expect(existsSync(directory(folder))).toBe(false);
    });
  });
});
