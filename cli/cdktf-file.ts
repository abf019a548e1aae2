import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a project's cdktf.json says. Nothing where it cannot be read: what is wrong with it, cdktf says itself. */
export function readCdktfFile(directory: string): Readonly<Record<string, unknown>> {
  try {
    const content: unknown = JSON.parse(readFileSync(join(directory, "cdktf.json"), "utf8"));
    return typeof content === "object" && content !== null ? { ...content } : {};
  } catch {
    return {};
  }
}
