import { readFileSync } from "node:fs";
import { posix } from "node:path";

import { BUSYBOX_COMMANDS } from "./busybox";
import { matching, type Collection } from "./collection";
import type { PackageRecipe } from "./recipe";

/** Content of an entry: in memory, or in a file of this machine. */
export type TarContent = Buffer | { readonly file: string; readonly size: number };

/** One entry of the root file system. */
export interface RootEntry {
  readonly type: "directory" | "file" | "symlink";
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly target?: string;
  readonly content?: TarContent;
}

export type RootFileSystem = ReadonlyMap<string, RootEntry>;

const BASE_DIRECTORIES: readonly [string, number][] = [
  ["/dev", 0o755],
  ["/etc", 0o755],
  ["/proc", 0o755],
  ["/root", 0o700],
  ["/run", 0o755],
  ["/sys", 0o755],
  ["/tmp", 0o1777],
  ["/var/tmp", 0o1777],
];

const BASE_LINKS: readonly [string, string][] = [
  ["/bin", "usr/bin"],
  ["/lib", "usr/lib"],
  ["/lib64", "usr/lib64"],
  ["/sbin", "usr/sbin"],
  ["/var/run", "../run"],
];

/** Lays out the image: what the recipe says wins over packages, and packages win over busybox. */
export function layOut(recipe: PackageRecipe, collection: Collection): RootFileSystem {
  const root = new Map<string, RootEntry>();
  for (const [path, mode] of BASE_DIRECTORIES) root.set(path, directory(mode));
  for (const command of BUSYBOX_COMMANDS) root.set(`/usr/bin/${command}`, link("busybox"));
  for (const path of collection.paths) addFromPackage(root, collection, path);
  for (const [path, target] of BASE_LINKS) root.set(path, link(target));
  for (const [path, content] of Object.entries(accounts(recipe))) root.set(path, file(content));
  for (const { path, from } of recipe.bundles ?? []) root.set(path, bundle(recipe, collection, from));
  for (const { path, content, mode } of recipe.files ?? []) root.set(path, file(content, mode));
  for (const { path, target } of recipe.links ?? []) root.set(path, link(target));
  for (const { path, mode, uid, gid } of recipe.directories ?? []) root.set(path, directory(mode, uid, gid));
  return new Map([...withParents(root)].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function addFromPackage(root: Map<string, RootEntry>, { tree }: Collection, path: string): void {
  const entry = tree.get(path);
  if (entry?.kind === "link") root.set(path, link(entry.target));
  if (entry?.kind === "file") root.set(path, { ...file("", entry.mode), content: { file: entry.content, size: entry.size } });
}

function accounts({ users }: PackageRecipe): Record<string, string> {
  const all = [{ name: "root", uid: 0, home: "/root" }, ...users, { name: "nobody", uid: 65534, home: "/nonexistent" }];
  return {
    "/etc/passwd": lines(all.map(({ name, uid, home }) => `${name}:x:${uid}:${uid}::${home}:/bin/sh`)),
    "/etc/group": lines(all.map(({ name, uid }) => `${name}:x:${uid}:`)),
    "/etc/nsswitch.conf": lines(["passwd: files", "group: files", "hosts: files dns", "services: files"]),
  };
}

function bundle(recipe: PackageRecipe, { tree }: Collection, from: string): RootEntry {
  const parts = matching(recipe, tree, from).map((path) => tree.get(path));
  return file(lines(parts.map((part) => (part?.kind === "file" ? readFileSync(part.content, "utf8").trim() : ""))));
}

function withParents(root: ReadonlyMap<string, RootEntry>): Map<string, RootEntry> {
  const complete = new Map(root);
  for (const path of root.keys()) {
    for (let parent = posix.dirname(path); parent !== "/"; parent = posix.dirname(parent)) {
      if (!complete.has(parent)) complete.set(parent, directory());
    }
  }
  return complete;
}

function directory(mode = 0o755, uid = 0, gid = 0): RootEntry {
  return { type: "directory", mode, uid, gid };
}

function link(target: string): RootEntry {
  return { type: "symlink", mode: 0o777, uid: 0, gid: 0, target };
}

function file(text: string, mode = 0o644): RootEntry {
  return { type: "file", mode: mode & 0o777, uid: 0, gid: 0, content: Buffer.from(text) };
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join("");
}
