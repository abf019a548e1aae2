import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Writes files so that each is the old or the new one at any time, and none is replaced when one of them cannot be written.
 *
 * @param files - text by path
 */
export function writeFiles(files: ReadonlyMap<string, string>): void {
  const written = new Map<string, string>();
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(path), { recursive: true });
      const temporary = join(dirname(path), `.new-${randomBytes(6).toString("hex")}`);
      written.set(path, temporary);
      writeFileSync(temporary, text, { flag: "wx" });
      chmodSync(temporary, 0o644);
    }
    for (const [path, temporary] of written) renameSync(temporary, path);
  } finally {
    for (const temporary of written.values()) rmSync(temporary, { force: true });
  }
}
