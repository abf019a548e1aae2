import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** SHA-256 by path from the project's directory; null for a file that was not there. */
export type ProgramFiles = Readonly<Record<string, string | null>>;

/** What a program was made of, when it ran: its modules that lie in the directory, without installed packages, and the files given. */
export function programFiles(directory: string, modules: readonly string[], files: readonly string[]): ProgramFiles {
  const own = modules
    .map((path) => relative(directory, path))
    .filter((path) => !path.startsWith("..") && !/(^|\/)node_modules\//.test(path));
  const paths = [...new Set([...own, ...files])].sort();
  return Object.fromEntries(paths.map((path) => [path, hashOnce(join(directory, path))]));
}

/** Those of the files that are not as they were, sorted. */
export function changedFiles(directory: string, files: ProgramFiles): string[] {
  return Object.entries(files)
    .filter(([path, hash]) => hashOf(join(directory, path)) !== hash)
    .map(([path]) => path);
}

const known = new Map<string, string | null>();

/** Stacks of one program are made of the same modules, mostly, which do not change while it runs. */
function hashOnce(path: string): string | null {
  const hash = known.get(path) ?? hashOf(path);
  known.set(path, hash);
  return hash;
}

function hashOf(path: string): string | null {
  try {
    return createHash("sha256").update(readFileSync(path)).digest("hex");
  } catch {
    return null;
  }
}
