import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of this package's package.json, run from the sources or from `dist`. */
export function packageRoot(from: string = __dirname): string {
  return existsSync(join(from, "package.json")) ? from : packageRoot(dirname(from));
}
