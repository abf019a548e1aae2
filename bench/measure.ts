import { writeFileSync } from "node:fs";
import { format } from "prettier";
import { deployFigure, planFigures, synthFigure } from "./commands";
import { type Figure, holds, row } from "./figure";
import { handshakeFigure } from "./handshake";
import { imageFigures } from "./image-size";
import { versions } from "./versions";

const ENVIRONMENT = "dev";
const DOCUMENT = "docs/measurements.md";

async function main(): Promise<void> {
  // The first deploy may have to build; the second is the prepared machine.
  await deployFigure(ENVIRONMENT);
  const figures: Figure[] = [
    await synthFigure(),
    ...(await planFigures(ENVIRONMENT)),
    await handshakeFigure(),
    await deployFigure(ENVIRONMENT),
    ...(await imageFigures(ENVIRONMENT)),
  ];
  const text = await format(documentOf(figures, await versions()), { parser: "markdown" });
  writeFileSync(DOCUMENT, text);
  console.log(`\n${text}\nwritten to ${DOCUMENT}`);
  if (!figures.every(holds)) process.exitCode = 1;
}

function documentOf(figures: readonly Figure[], machine: string): string {
  const date = new Date().toISOString().slice(0, 10);
  return [
    "# Measurements",
    "",
    `By \`npm run bench\` on ${date}: ${machine}. Ratios compare two commands that ran in turn; \`:\` separates ours from what it is compared with.`,
    "",
    "| what | measured | limit | holds | from |",
    "| --- | --- | --- | --- | --- |",
    ...figures.map(row),
    "",
  ].join("\n");
}

void main();
