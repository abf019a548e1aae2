import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The version of this package, run from the sources or from `dist`. */
export function packageVersion(from: string = __dirname): string {
  try {
    const { version } = JSON.parse(readFileSync(join(from, "package.json"), "utf8")) as { version: string };
    return version;
  } catch {
    return packageVersion(dirname(from));
  }
}
