import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";

/** Reads a file of the stack's directory. @returns undefined when it cannot */
export type ReadFile = (path: string) => string | undefined;

/** A Dockerfile of more is none. */
const MOST_BYTES = 1024 * 1024;

/** Reads the files of a stack's directory, such as the Dockerfiles of its images. */
export const filesIn =
  (directory: string): ReadFile =>
  (path) => {
    const file = resolve(directory, path);
    try {
      const stats = statSync(file);
      return stats.isFile() && stats.size <= MOST_BYTES ? readFileSync(file, "utf8") : undefined;
    } catch {
      return undefined;
    }
  };
