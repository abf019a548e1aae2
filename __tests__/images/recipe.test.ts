import fc from "fast-check";

import { imageName, recipeHash, type PackageRecipe } from "../../images/recipe";
import { parseRecipe } from "../../images/recipe-file";
import { mysqlRecipe } from "../../images/recipes/mysql";
import { nginxRecipe } from "../../images/recipes/nginx";
import { nodeRecipe } from "../../images/recipes/node";
import { opensslRecipe } from "../../images/recipes/openssl";
import { redisRecipe } from "../../images/recipes/redis";

const recipes = [mysqlRecipe, nginxRecipe, nodeRecipe, opensslRecipe, redisRecipe];

const plain: PackageRecipe = {
  name: "demo",
  version: "1.0",
  suite: "trixie",
  packages: ["demo"],
  paths: ["/usr/bin/demo"],
  users: [],
  config: { cmd: ["demo"], user: "1:1", stopSignal: "SIGTERM" },
};

function shuffled(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, seed));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, shuffled(inner, seed)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => ((a.charCodeAt(0) * seed) % 31) - ((b.charCodeAt(0) * seed) % 31)));
}

describe("imageName", () => {
  it("names the program, its series and the first 12 digits of the recipe's hash, on a registry that is none", () => {
    expect(imageName(plain)).toBe(`localhost/docker-tiers/demo:1.0-${recipeHash(plain).slice(0, 12)}`);
    expect(recipeHash(plain)).toMatch(/^[0-9a-f]{64}$/);
  });

  it("differs whenever a recipe differs", () => {
    const variants: PackageRecipe[] = [
      plain,
      { ...plain, packages: ["demo", "more"] },
      { ...plain, files: [{ path: "/etc/demo", content: "a" }] },
      { ...plain, files: [{ path: "/etc/demo", content: "b" }] },
      { ...plain, config: { ...plain.config, stopSignal: "SIGQUIT" } },
    ];
    expect(new Set(variants.map(imageName)).size).toBe(variants.length);
  });

  it("does not depend on the order in which keys were written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.constantFrom(...recipes), (seed, recipe) => {
        expect(recipeHash(shuffled(recipe, seed) as PackageRecipe)).toBe(recipeHash(recipe));
      }),
    );
  });
});

describe("the recipes", () => {
  it.each(recipes.map((recipe) => [recipe.name, recipe] as const))("%s survives JSON and its own check", (_name, recipe) => {
    const read = parseRecipe(JSON.parse(JSON.stringify(recipe)), "recipe.json");
    expect(read).toEqual(recipe);
    expect(imageName(read)).toBe(imageName(recipe));
  });

  it.each(recipes.map((recipe) => [recipe.name, recipe] as const))("%s does not run as root", (_name, { config }) => {
    expect(config.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  });
});

describe("parseRecipe", () => {
  it("fails with every fault, its place and the file", () => {
    const broken = { ...plain, packages: ["--option"], config: { ...plain.config, exposedPorts: [70000] } };
    expect(() => parseRecipe(broken, "images/demo.json")).toThrow(
      new Error(
        "RECIPE_MALFORMED: images/demo.json must be a recipe, got " +
          "packages.0: Invalid string: must match pattern /^[a-z0-9][a-z0-9.+-]+$/; " +
          "config.exposedPorts.0: Too big: expected number to be <=65535; write it again by synth",
      ),
    );
  });

  it("fails on keys that a recipe does not have", () => {
    expect(() => parseRecipe({ ...plain, script: "rm" }, "images/demo.json")).toThrow(
      'RECIPE_MALFORMED: images/demo.json must be a recipe, got recipe: Unrecognized key: "script"; write it again by synth',
    );
  });
});
