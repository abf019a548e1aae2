import { readFile } from "node:fs/promises";
import { DiagnosticError } from "../diagnostic";
import { flag, text, type ObjectValue } from "../value";

export const PLAIN = 0o644;
export const EXECUTABLE = 0o744;

/** The mode that an `upload` block asks for. */
export function modeOf(upload: ObjectValue): number {
  const permissions = text(upload["permissions"]);
  return permissions ? Number.parseInt(permissions, 8) : flag(upload["executable"]) ? EXECUTABLE : PLAIN;
}

/** The content that the block holds, undefined where it names a file. */
export function contentGiven(upload: ObjectValue): Buffer | undefined {
  if (text(upload["source"])) return undefined;
  const encoded = text(upload["content_base64"]);
  return encoded ? Buffer.from(encoded, "base64") : Buffer.from(text(upload["content"]) ?? "");
}

/** The content to upload. @throws DiagnosticError when the file that the block names cannot be read */
export async function contentOf(upload: ObjectValue): Promise<Buffer> {
  return contentGiven(upload) ?? readSource(text(upload["source"]) ?? "");
}

async function readSource(source: string): Promise<Buffer> {
  try {
    return await readFile(source);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DiagnosticError("File to upload cannot be read", `upload.source must be a readable file, got ${source}: ${reason}`, {
      path: ["upload"],
      cause,
    });
  }
}
