import { createHash } from "node:crypto";
import { pipeline } from "node:stream";
import { isDeepStrictEqual } from "node:util";
import { extract } from "tar-stream";
import { EngineError, pieces, type Engine } from "../../engine";
import { blocks, hasUnknown, text, type ObjectValue } from "../value";
import type { ContainerNotes } from "./container-private";
import { contentGiven, contentOf, EXECUTABLE, modeOf, PLAIN } from "./upload-block";

/** Of what is larger than this the size alone is compared. */
const MOST_BYTES = 4 * 2 ** 20;

/** A file in a container. */
interface FoundFile {
  readonly mode: number;
  readonly fingerprint: string;
}

/** What tells one content from another: its digest, or its size where it is large. */
export function fingerprint(content: Buffer): string {
  return content.length > MOST_BYTES ? `size:${content.length}` : `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

/**
 * The `upload` blocks as the container has the files. A content that has changed is told by its digest, never as it is: what a
 * program has written there is nobody's business in a state.
 */
export async function uploadState(engine: Engine, id: string, prior: ObjectValue, notes: ContainerNotes): Promise<ObjectValue> {
  const before = blocks(prior["upload"]);
  if (before.length === 0) return {};
  const found = await Promise.all(before.map((upload) => foundBlock(engine, id, upload, expectedOf(upload, notes))));
  return { upload: found.flatMap((upload) => upload ?? []) };
}

function expectedOf(upload: ObjectValue, { uploads }: ContainerNotes): string | undefined {
  const given = contentGiven(upload);
  return given ? fingerprint(given) : uploads[text(upload["file"]) ?? ""];
}

/** True when the container has the files of all blocks as they are configured. */
export async function holdsUploads(engine: Engine, id: string, planned: ObjectValue): Promise<boolean> {
  if (hasUnknown(planned["upload"] ?? null)) return false;
  const wanted = blocks(planned["upload"]);
  const found = await Promise.all(wanted.map(async (upload) => foundBlock(engine, id, upload, fingerprint(await contentOf(upload)))));
  return isDeepStrictEqual(found, wanted);
}

/** The block as it is found; undefined where there is no such file. */
async function foundBlock(engine: Engine, id: string, upload: ObjectValue, expected: string | undefined): Promise<ObjectValue | undefined> {
  const file = await foundFile(engine, id, text(upload["file"]) ?? "");
  // An engine that does not give the file out does not say that it has changed.
  if (file === "unknown") return upload;
  return file && { ...upload, ...contentFound(upload, file, expected), ...modeFound(upload, file) };
}

function contentFound(upload: ObjectValue, { fingerprint: found }: FoundFile, expected: string | undefined): ObjectValue {
  if (expected === undefined || expected === found) return {};
  if (text(upload["source"])) return { source_hash: found };
  return text(upload["content_base64"]) ? { content_base64: found } : { content: found };
}

function modeFound(upload: ObjectValue, { mode }: FoundFile): ObjectValue {
  if (mode === modeOf(upload)) return {};
  const isPlain = mode === PLAIN || mode === EXECUTABLE;
  return isPlain && !text(upload["permissions"]) ? { executable: mode === EXECUTABLE } : { permissions: `0${mode.toString(8)}` };
}

async function foundFile(engine: Engine, id: string, path: string): Promise<FoundFile | "unknown" | undefined> {
  try {
    return await readFile(engine, id, path);
  } catch (error) {
    if (EngineError.isNotFound(error)) return undefined;
    if (error instanceof EngineError && error.status > 0) return "unknown";
    throw error;
  }
}

async function readFile(engine: Engine, id: string, path: string): Promise<FoundFile | undefined> {
  const archive = await engine.stream("GET", `/containers/${id}/archive`, { query: { path } });
  // Either end ends the other: an answer that is cut off, and entries that nobody reads.
  for await (const entry of pipeline(pieces(archive), extract(), () => undefined)) {
    const { type, size, mode } = entry.header;
    if (type !== "file") return undefined;
    return { mode: mode & 0o7777, fingerprint: size > MOST_BYTES ? `size:${size}` : fingerprint(await bytesOf(entry)) };
  }
  return undefined;
}

async function bytesOf(entry: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of entry) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
