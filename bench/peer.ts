import { writeFileSync } from "node:fs";
import { format } from "prettier";
import { imageName } from "../images/recipe";
import { mysqlRecipe } from "../images/recipes/mysql";
import { nginxRecipe } from "../images/recipes/nginx";
import { redisRecipe } from "../images/recipes/redis";
import { composeProgram, composeVersion } from "./compose";
import { type Figure, holds, row } from "./figure";
import { growthFigures } from "./growth";
import { shopFigures } from "./shop";
import { versions } from "./versions";

const DOCUMENT = "docs/measurements-provider.md";

const IMAGES = { nginx: imageName(nginxRecipe), mysql: imageName(mysqlRecipe), redis: imageName(redisRecipe) };

async function main(): Promise<void> {
  const compose = await composeProgram();
  const figures = [...(await shopFigures(IMAGES, compose)), ...(await growthFigures(IMAGES.nginx))];
  const text = await format(documentOf(figures, `${await versions()}, docker compose ${composeVersion(compose)}`), { parser: "markdown" });
  writeFileSync(DOCUMENT, text);
  console.log(`\n${text}\nwritten to ${DOCUMENT}`);
  if (!figures.every(holds)) process.exitCode = 1;
}

function documentOf(figures: readonly Figure[], machine: string): string {
  const date = new Date().toISOString().slice(0, 10);
  return [
    "# Measurements of the provider",
    "",
    `By \`npm run bench:provider\` on ${date}: ${machine}. Terraform alone, without cdktf; medians of 5 (of 7 for 1, 30 and 60 containers) within one run, each command in turn with what it is`,
    "compared with. The shop is an edge, three servers, MySQL and Redis on three networks with two volumes, each waiting for the health of what it needs",
    "(`bench/fixtures/peer`, for terraform and for compose; health by what the images have: `wget` and a query, and MySQL with 768 MiB). Memory is the peak of one provider that served all of terraform's calls.",
    "",
    "| what | measured | limit | holds | from |",
    "| --- | --- | --- | --- | --- |",
    ...figures.map(row),
    "",
  ].join("\n");
}

void main();
