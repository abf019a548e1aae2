import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseIgnoreFile, type IgnoreRules } from "./ignore-file";

/** What a builder is sent of a directory; anything else, such as a socket, stays behind. */
export interface ContextFile {
  /** Path in the directory, with slashes. */
  readonly path: string;
  readonly kind: "directory" | "file" | "link";
}

const IGNORE_FILE = ".dockerignore";

/**
 * What of a directory a build may see, sorted by name, each directory before what is in it: all that `DOCKERFILE.dockerignore`, or else
 * `.dockerignore`, does not leave out. Directories that are left out are not read, unless something below them may come back.
 *
 * @param dockerfile - path in the directory; it and what says what is left out are there in any case: the builder needs them
 * @throws Error of the file system, such as `EACCES`, for a directory that cannot be read
 */
export function contextFiles(directory: string, dockerfile: string): Generator<ContextFile> {
  return walk(directory, "", rulesOf(directory, posix.normalize(dockerfile)));
}

function rulesOf(directory: string, dockerfile: string): IgnoreRules {
  const ignoreFiles = [`${dockerfile}${IGNORE_FILE}`, IGNORE_FILE];
  const needed = new Set([dockerfile, ...ignoreFiles]);
  const file = ignoreFiles.find((name) => existsSync(join(directory, name)));
  const rules = parseIgnoreFile(file === undefined ? "" : readFileSync(join(directory, file), "utf8"));
  return {
    hasExceptions: rules.hasExceptions || dockerfile.includes("/"),
    ignores: (path) => !needed.has(path) && rules.ignores(path),
  };
}

function* walk(root: string, below: string, rules: IgnoreRules): Generator<ContextFile> {
  for (const name of readdirSync(join(root, below)).sort()) {
    const path = posix.join(below, name);
    const entry = lstatSync(join(root, path));
    const ignored = rules.ignores(path);
    if (entry.isDirectory()) {
      if (!ignored) yield { path, kind: "directory" };
      if (!ignored || rules.hasExceptions) yield* walk(root, path, rules);
    } else if (!ignored && (entry.isFile() || entry.isSymbolicLink())) {
      yield { path, kind: entry.isFile() ? "file" : "link" };
    }
  }
}
