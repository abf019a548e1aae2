import type { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { ContainerImage, MySql, Redis } from "../../../constructs";
import { imageName, type PackageRecipe } from "../../../images/recipe";
import { mariadbRecipe } from "../../../images/recipes/mariadb";
import { mysqlRecipe } from "../../../images/recipes/mysql";
import { redisRecipe } from "../../../images/recipes/redis";
import { valkeyRecipe } from "../../../images/recipes/valkey";
import { inStack } from "../synth";

const mysql =
  (engine: "mysql" | "mariadb" | undefined, image: ContainerImage) =>
  (stack: TerraformStack): Construct =>
    new MySql(stack, "Server", { memoryMiB: 256, image, ...(engine === undefined ? {} : { engine }) });
const redis =
  (engine: "redis" | "valkey" | undefined, image: ContainerImage) =>
  (stack: TerraformStack): Construct =>
    new Redis(stack, "Server", { memoryMiB: 64, image, ...(engine === undefined ? {} : { engine }) });
const recipe = (packages: PackageRecipe): ContainerImage => ContainerImage.fromPackages(packages);

describe("an image that is given to a server", () => {
  it.each([
    ["mysql", "mariadb", mariadbRecipe, mysql(undefined, recipe(mariadbRecipe))],
    ["mariadb", "mysql", mysqlRecipe, mysql("mariadb", recipe(mysqlRecipe))],
    ["redis", "valkey", valkeyRecipe, redis(undefined, recipe(valkeyRecipe))],
    ["valkey", "redis", redisRecipe, redis("valkey", recipe({ ...redisRecipe }))],
  ])("fails for the engine %s with our recipe of %s", (engine, other, packages, declare) => {
    expect(() => inStack(declare)).toThrow(
      new Error(
        `IMAGE_ENGINE: image must be one of engine "${engine}", got ${imageName(packages)} of "${other}"; use engine: "${other}", or leave the image out (at dev/Server)`,
      ),
    );
  });

  it.each([
    ["our recipe of the same engine", mysql("mariadb", recipe(mariadbRecipe))],
    ["our recipe where no engine is named", redis(undefined, recipe(redisRecipe))],
    ["a recipe of somebody's own", mysql("mariadb", recipe({ ...mysqlRecipe, name: "own" }))],
    ["a registry's, whose programs are known on the host alone", redis("valkey", ContainerImage.fromRegistry("redis:8.0.1"))],
  ])("is taken where it is %s", (_, declare) => {
    expect(() => inStack(declare)).not.toThrow();
  });
});
