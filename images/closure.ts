import { closeSync, openSync, readSync } from "node:fs";
import { posix } from "node:path";

import { readElf } from "./elf";
import { normalise, type PackageTree } from "./package-tree";

/** Paths of an image, and the libraries that no package seen so far brings, with one user of each. */
export interface Closure {
  readonly paths: ReadonlySet<string>;
  readonly missing: ReadonlyMap<string, string>;
}

/** What the loader never learns of: the C library opens libgcc_s when a thread ends early. */
const OPENED_AT_RUN_TIME = ["libgcc_s.so.1"];

const LIBRARY = /^\/usr\/lib(64)?\/([^/]+-linux-gnu[^/]*\/)?[^/]+\.so(\.[^/]*)?$/;

/** True for files in the directories that the loader searches without being told. */
export function isLibrary(path: string): boolean {
  return LIBRARY.test(path);
}

/** The roots with all that they link to or load: links' targets, the loader, shared libraries of shared libraries. */
export function closureOf(tree: PackageTree, roots: readonly string[]): Closure {
  const libraries = new Map(
    tree
      .paths()
      .filter(isLibrary)
      .reverse()
      .map((path) => [posix.basename(path), path]),
  );
  const paths = new Set<string>();
  const missing = new Map<string, string>();
  const load = (name: string, user: string): void => {
    const found = tree.chain(name.startsWith("/") ? normalise(name) : (libraries.get(name) ?? ""));
    if (found.length === 0) missing.set(name, user);
    found.forEach(visit);
  };
  const visit = (path: string): void => {
    if (paths.has(path)) return;
    paths.add(path);
    for (const name of neededBy(tree, path)) load(name, path);
  };
  roots.flatMap((root) => tree.chain(root)).forEach(visit);
  for (const name of OPENED_AT_RUN_TIME) load(name, "the C library");
  return { paths, missing };
}

function neededBy(tree: PackageTree, path: string): string[] {
  const entry = tree.get(path);
  if (entry?.kind !== "file") return [];
  const elf = readElfFile(entry.content);
  if (elf === undefined) return [];
  return [...(elf.interpreter === undefined ? [] : [elf.interpreter]), ...elf.needed];
}

function readElfFile(file: string): ReturnType<typeof readElf> {
  const descriptor = openSync(file, "r");
  try {
    return readElf((offset, length) => {
      const buffer = Buffer.alloc(length);
      return buffer.subarray(0, readSync(descriptor, buffer, 0, length, offset));
    });
  } finally {
    closeSync(descriptor);
  }
}
