import { readFile } from "node:fs/promises";
import { posix } from "node:path";
import { pack } from "tar-stream";
import type { Engine } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import { blocks, flag, text, type ObjectValue } from "../value";

const PLAIN = 0o644;
const EXECUTABLE = 0o744;

interface UploadedFile {
  readonly path: string;
  readonly mode: number;
  readonly content: Buffer;
}

/** Writes the `upload` blocks into a container, also into the volumes of one that has never run. */
export async function uploadFiles(engine: Engine, container: string, planned: ObjectValue): Promise<void> {
  const files = await Promise.all(blocks(planned["upload"]).map(uploadedFile));
  for (const [directory, group] of groupByMount(files, mountTargets(planned))) {
    const body = await archive(directory, group);
    await engine.put(`/containers/${container}/archive`, { query: { path: directory }, body });
  }
}

async function uploadedFile(upload: ObjectValue): Promise<UploadedFile> {
  const permissions = text(upload["permissions"]);
  const mode = permissions ? Number.parseInt(permissions, 8) : flag(upload["executable"]) ? EXECUTABLE : PLAIN;
  return { path: posix.normalize(text(upload["file"]) ?? ""), mode, content: await contentOf(upload) };
}

async function contentOf(upload: ObjectValue): Promise<Buffer> {
  const source = text(upload["source"]);
  if (source) return readSource(source);
  const encoded = text(upload["content_base64"]);
  return encoded ? Buffer.from(encoded, "base64") : Buffer.from(text(upload["content"]) ?? "");
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

function mountTargets(planned: ObjectValue): string[] {
  const mounts = blocks(planned["mounts"]).map((mount) => text(mount["target"]));
  const volumes = blocks(planned["volumes"]).map((volume) => text(volume["container_path"]));
  return [...mounts, ...volumes].filter((target): target is string => Boolean(target)).map((target) => posix.normalize(target));
}

/** A read-only root refuses an archive for `/` even if all its files lie in volumes: each mount gets its own. */
function groupByMount(files: readonly UploadedFile[], targets: readonly string[]): Map<string, UploadedFile[]> {
  const groups = new Map<string, UploadedFile[]>();
  for (const file of files) {
    const inside = targets.filter((target) => file.path.startsWith(`${target.replace(/\/$/, "")}/`));
    const deepest = inside.sort((a, b) => b.length - a.length)[0] ?? "/";
    groups.set(deepest, [...(groups.get(deepest) ?? []), file]);
  }
  return groups;
}

/** The time is now, not a fixed one: web servers make validators of it. */
async function archive(directory: string, files: readonly UploadedFile[]): Promise<Buffer> {
  const tar = pack();
  const mtime = new Date();
  for (const { path, mode, content } of files) {
    tar.entry({ name: posix.relative(directory, path), mode, mtime, uid: 0, gid: 0, uname: "", gname: "" }, content);
  }
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
