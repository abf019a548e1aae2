import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { ConstructError } from "./errors";

/** A regular file below a directory. */
export interface DirectoryFile {
  /** Path in the directory, with `/`. */
  readonly path: string;
  readonly contentBase64: string;
  readonly executable: boolean;
}

/**
 * All regular files below a directory, sorted by path, so that the same content gives the same list on every machine.
 *
 * @throws ConstructError `DIRECTORY` when it is missing
 */
export function directoryFiles(directory: string): DirectoryFile[] {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new ConstructError("DIRECTORY", `directory must exist, got ${JSON.stringify(directory)}; make it, or name another`);
  }
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .map((path) => directoryFile(directory, path))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** One file, by its path in the directory. */
export function directoryFile(directory: string, path: string): DirectoryFile {
  const file = join(directory, path);
  return { path, contentBase64: readFileSync(file).toString("base64"), executable: (statSync(file).mode & 0o100) !== 0 };
}
