import { readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";
import { codeChangeFigure } from "./code-change";
import { deployFigure, planFigures, servicesFigure, synthFigure } from "./commands";
import { documentOf } from "./document";
import { type Figure, holds } from "./figure";
import { fleetFigures } from "./fleet";
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
    await servicesFigure(),
    ...(await planFigures(ENVIRONMENT)),
    await handshakeFigure(),
    ...(await fleetFigures()),
    await deployFigure(ENVIRONMENT),
    await codeChangeFigure(ENVIRONMENT),
    ...(await imageFigures(ENVIRONMENT)),
  ];
  const before = readFileSync(DOCUMENT, "utf8");
  const text = await format(documentOf(figures, await versions(), before), { parser: "markdown" });
  writeFileSync(DOCUMENT, text);
  console.log(`\n${text}\nwritten to ${DOCUMENT}`);
  if (!figures.every(holds)) process.exitCode = 1;
}

void main();
