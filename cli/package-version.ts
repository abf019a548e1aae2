import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The version of this package, run from the sources or from `dist`. */
export function packageVersion(from: string = __dirname): string {
  const file = join(from, "package.json");
  const above = dirname(from);
  if (existsSync(file) || above === from) return versionIn(readFileSync(file, "utf8"));
  return packageVersion(above);
}

const versionIn = (text: string): string => (JSON.parse(text) as { version: string }).version;
