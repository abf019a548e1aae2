export * from "./config";
export * from "./constructs";
export * from "./policies";
export { imageName } from "./images/recipe";
export { packageRecipe, type PackageRecipeProps } from "./images/recipe-defaults";
export type {
  PackageRecipe,
  RecipeBundle,
  RecipeConfig,
  RecipeDirectory,
  RecipeFile,
  RecipeHealthcheck,
  RecipeLink,
  RecipeUser,
} from "./images/recipe";
export { mariadbRecipe } from "./images/recipes/mariadb";
export { mysqlRecipe } from "./images/recipes/mysql";
export { nginxRecipe } from "./images/recipes/nginx";
export { nodeRecipe } from "./images/recipes/node";
export { opensslRecipe } from "./images/recipes/openssl";
export { redisRecipe } from "./images/recipes/redis";
export { valkeyRecipe } from "./images/recipes/valkey";
