import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

import { extract, type Extract, type Header } from "tar-stream";

import type { DebPackage } from "./apt-suite";
import { isNotFound } from "./command";
import { aptMissing, ImageError } from "./image-error";
import { normalise, type PackageTree } from "./package-tree";

/**
 * Adds the wanted files of a package to the tree. Contents go to numbered files in `directory`:
 * owners and modes stay data, so that no root is needed.
 *
 * @returns the newest modification time of the package's files, in seconds
 */
export async function unpack(deb: DebPackage, tree: PackageTree, directory: string, wanted: (path: string) => boolean): Promise<number> {
  const child = spawn("dpkg-deb", ["--fsys-tarfile", deb.file], { stdio: ["ignore", "pipe", "pipe"] });
  const archive = extract();
  const ended = Promise.all([exitOf(child, deb), pipeline(child.stdout, archive)]);
  const [newest] = await Promise.all([readEntries(archive, tree, deb, directory, wanted), ended]);
  return newest;
}

async function readEntries(
  archive: Extract,
  tree: PackageTree,
  deb: DebPackage,
  directory: string,
  wanted: (path: string) => boolean,
): Promise<number> {
  let newest = 0;
  let count = 0;
  for await (const entry of archive) {
    const path = normalise(entry.header.name);
    newest = Math.max(newest, entry.header.mtime.getTime() / 1000);
    const content = join(directory, `${deb.name}-${count++}`);
    const isKept = wanted(path) && addEntry(tree, path, entry.header, content, deb.name);
    if (isKept) await pipeline(entry, createWriteStream(content));
    else entry.resume();
  }
  return newest;
}

/** @returns whether the entry has content to keep */
function addEntry(tree: PackageTree, path: string, header: Header, content: string, from: string): boolean {
  const { type, linkname } = header;
  if (type === "file") tree.add(path, { kind: "file", mode: header.mode, content, size: header.size, from });
  if (type === "symlink") tree.add(path, { kind: "link", target: linkname, from });
  if (type === "link") {
    const original = tree.get(normalise(linkname));
    if (original !== undefined) tree.add(path, original);
  }
  return type === "file";
}

function exitOf(child: ReturnType<typeof spawn>, deb: DebPackage): Promise<void> {
  let fault = "";
  child.stderr?.on("data", (chunk: Buffer) => (fault += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(isNotFound(error) ? aptMissing("dpkg-deb") : error));
    child.once("close", (code) => (code === 0 ? resolve() : reject(unreadable(deb, fault))));
  });
}

function unreadable(deb: DebPackage, fault: string): ImageError {
  return new ImageError(
    "PACKAGE_UNREADABLE",
    `${deb.file} must be a Debian package, got: ${fault.trim()}; remove the file and build again`,
  );
}
