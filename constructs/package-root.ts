import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of this package's package.json, run from the sources or from `dist`. */
export function packageRoot(from: string = __dirname): string {
  if (existsSync(join(from, "package.json"))) return from;
  const parent = dirname(from);
  if (parent === from)
    throw new Error("PACKAGE_ROOT: docker-tiers must lie below its package.json, got none; install it as a package, unbundled");
  return packageRoot(parent);
}
