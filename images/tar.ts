import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import { pack, type Header, type Pack } from "tar-stream";

import type { RootEntry, RootFileSystem, TarContent } from "./rootfs";

/** What is not given is the archiver's: a file, 0644, root's. */
export type TarHeader = Partial<Header> & Pick<Header, "name">;

/**
 * Writes a root file system as a tar: the same entries and time give the same bytes.
 *
 * @param modified - time of every entry, in seconds since 1970
 * @returns sha256 of the tar in hex
 */
export async function writeRootTar(root: RootFileSystem, modified: number, target: string): Promise<string> {
  const hash = createHash("sha256");
  const archive = tarStream([...root].map(([path, entry]) => [headersOf(path, entry, modified), entry.content ?? Buffer.alloc(0)]));
  archive.on("data", (chunk: Buffer) => hash.update(chunk));
  await pipeline(archive, createWriteStream(target));
  return hash.digest("hex");
}

/** A tar of these entries, read as it is sent. */
export function tarStream(entries: Iterable<readonly [TarHeader, TarContent]>): Readable {
  const archive = pack();
  const stream = Readable.from(archive, { objectMode: false });
  fill(archive, entries).catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))));
  return stream;
}

async function fill(archive: Pack, entries: Iterable<readonly [TarHeader, TarContent]>): Promise<void> {
  for (const [headers, content] of entries) await addEntry(archive, headers, content);
  archive.finalize();
}

async function addEntry(archive: Pack, headers: TarHeader, content: TarContent): Promise<void> {
  if (!Buffer.isBuffer(content)) {
    await pipeline(createReadStream(content.file, { highWaterMark: 1 << 20 }), archive.entry({ ...headers, size: content.size }));
    return;
  }
  await new Promise<void>((resolve, reject) => {
    archive.entry(headers, content, (error) => (error ? reject(error) : resolve()));
  });
}

function headersOf(path: string, { type, mode, uid, gid, target }: RootEntry, modified: number): TarHeader {
  const name = path.slice(1) + (type === "directory" ? "/" : "");
  const linkname = target === undefined ? {} : { linkname: target };
  return { name, type, mode, uid, gid, mtime: new Date(modified * 1000), ...linkname };
}
