import { execFileSync } from "node:child_process";
import { existsSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { AptSuite } from "../images/apt-suite";
import { cacheDirectory, makeCacheDirectory, withScratch } from "../images/cache-directory";
import { hostMirror } from "../images/mirror";

/** A program that this machine's release may not have, and that runs on any. */
export interface SuiteProgram {
  readonly suite: string;
  readonly package: string;
  /** Path of the program in the package. */
  readonly path: string;
}

/** Path of a program of another suite's package, fetched into the cache once; nothing is installed. */
export async function suiteProgram({ suite, package: name, path }: SuiteProgram): Promise<string> {
  const cache = cacheDirectory();
  const directory = join(cache, "programs", `${name}-${suite}`);
  if (existsSync(join(directory, path))) return join(directory, path);
  const packages = await new AptSuite({ cache, suite, mirror: hostMirror() }).download([name]);
  const { file } = packages.find((found) => found.name === name) ?? { file: name };
  makeCacheDirectory(dirname(directory));
  return withScratch(cache, (scratch) => {
    execFileSync("dpkg-deb", ["-x", file, join(scratch, "tree")]);
    rmSync(directory, { recursive: true, force: true });
    renameSync(join(scratch, "tree"), directory);
    return Promise.resolve(join(directory, path));
  });
}
