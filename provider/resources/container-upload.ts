import { posix } from "node:path";
import { pack } from "tar-stream";
import type { Engine } from "../../engine";
import { blocks, text, type ObjectValue } from "../value";
import { fingerprint } from "./container-uploaded";
import { contentOf, modeOf } from "./upload-block";

interface UploadedFile {
  readonly path: string;
  readonly mode: number;
  readonly content: Buffer;
}

/**
 * Writes the `upload` blocks into a container, also into the volumes of one that has never run.
 * @returns the fingerprints of the files, by path
 */
export async function uploadFiles(engine: Engine, container: string, planned: ObjectValue): Promise<Record<string, string>> {
  const files = await Promise.all(blocks(planned["upload"]).map(uploadedFile));
  for (const [directory, group] of groupByMount(files, mountTargets(planned))) {
    const body = await archive(directory, group);
    await engine.put(`/containers/${container}/archive`, { query: { path: directory }, body });
  }
  return Object.fromEntries(
    blocks(planned["upload"]).map((upload, index) => [text(upload["file"]) ?? "", fingerprint(files[index]?.content ?? Buffer.alloc(0))]),
  );
}

async function uploadedFile(upload: ObjectValue): Promise<UploadedFile> {
  return { path: posix.normalize(text(upload["file"]) ?? ""), mode: modeOf(upload), content: await contentOf(upload) };
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
