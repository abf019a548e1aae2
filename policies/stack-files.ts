import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Reads a file of the stack's directory. @returns undefined when it cannot */
export type ReadFile = (path: string) => string | undefined;

/** Reads the files of a stack's directory, such as the Dockerfiles of its images. */
export const filesIn =
  (directory: string): ReadFile =>
  (path) => {
    try {
      return readFileSync(join(directory, path), "utf8");
    } catch {
      return undefined;
    }
  };
