import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import type { AptSuite, DebPackage } from "./apt-suite";
import { BUSYBOX_PACKAGE, BUSYBOX_PATH } from "./busybox";
import { closureOf, isLibrary, type Closure } from "./closure";
import { libraryMissing, pathMissing } from "./image-error";
import { PackageTree, pathPattern } from "./package-tree";
import type { PackageRecipe } from "./recipe";
import { unpack } from "./unpack";

/** The files of an image as they come from packages. */
export interface Collection {
  readonly tree: PackageTree;
  /** What the image takes of the tree, without the sources of bundles. */
  readonly paths: ReadonlySet<string>;
  /** Packages that bring something: version by name, sorted by name. */
  readonly versions: Readonly<Record<string, string>>;
  /** sha256 in hex of each of them as it was downloaded, by name. */
  readonly hashes: Readonly<Record<string, string>>;
  /** Newest modification time in these packages, in seconds since 1970. */
  readonly modified: number;
}

/**
 * Unpacks the recipe's packages, then libraries' packages until nothing is missing.
 *
 * @throws ImageError APT_MISSING, MIRROR_UNREACHABLE, PACKAGES_UNAVAILABLE, PATH_MISSING, LIBRARY_MISSING
 */
export async function collect(
  recipe: PackageRecipe,
  suite: AptSuite,
  directory: string,
  onProgress: (text: string) => void,
): Promise<Collection> {
  const named = new Set([...recipe.packages, BUSYBOX_PACKAGE]);
  const debs = await suite.download([...named]);
  const tree = new PackageTree();
  const wanted = wantedBy(recipe);
  const modified = new Map<string, number>();
  const open = async (deb: DebPackage): Promise<void> => {
    onProgress(`unpacking ${deb.name} ${deb.version}`);
    modified.set(deb.name, await unpack(deb, tree, directory, wanted));
  };
  for (const deb of debs.filter(({ name }) => named.has(name))) await open(deb);
  const roots = rootsOf(recipe, tree);
  let closure = closureOf(tree, roots);
  const others = debs.filter(({ name }) => !named.has(name));
  for (let next = takeLikeliest(others, closure); next !== undefined; next = takeLikeliest(others, closure)) {
    await open(next);
    closure = closureOf(tree, roots);
  }
  for (const [library, user] of closure.missing) throw libraryMissing(library, user);
  checkLinks(recipe, tree, closure);
  const used = usedOf(debs, recipe, tree, closure);
  const versions = Object.fromEntries(used.map(({ name, version }) => [name, version]));
  const hashes = Object.fromEntries(used.map(({ name, file }) => [name, sha256(file)]));
  const times = used.map(({ name }) => modified.get(name) ?? 0);
  return { tree, paths: closure.paths, versions, hashes, modified: Math.max(...times) };
}

function wantedBy(recipe: PackageRecipe): (path: string) => boolean {
  const bundled = (recipe.bundles ?? []).map(({ from }) => from);
  const patterns = [BUSYBOX_PATH, ...recipe.paths, ...bundled].map(pathPattern);
  return (path) => isLibrary(path) || (patterns.some((pattern) => pattern.test(path)) && !isLeftOut(recipe, path));
}

const isLeftOut = ({ except = [] }: PackageRecipe, path: string): boolean => except.some((each) => pathPattern(each).test(path));

function rootsOf(recipe: PackageRecipe, tree: PackageTree): string[] {
  const found = [BUSYBOX_PATH, ...recipe.paths].flatMap((path) => {
    const all = matching(recipe, tree, path);
    // A pattern takes what is whole: packages have links to what others may bring.
    return path.includes("*") ? all.filter((each) => leadsSomewhere(tree, each)) : all;
  });
  return found.filter((path) => !isLeftOut(recipe, path));
}

function leadsSomewhere(tree: PackageTree, path: string): boolean {
  const target = tree.target(path);
  return target === undefined || (tree.get(target) !== undefined && leadsSomewhere(tree, target));
}

/**
 * Paths of the tree that match one of the recipe.
 *
 * @throws ImageError PATH_MISSING
 */
export function matching(recipe: PackageRecipe, tree: PackageTree, path: string): string[] {
  const pattern = pathPattern(path);
  const found = tree.paths().filter((candidate) => pattern.test(candidate));
  if (found.length === 0) throw pathMissing(recipe.name, path);
  return found;
}

/**
 * The package to look into next, removed from the list; undefined when nothing is missing or left. Packages are named
 * after the library they bring (libssl.so.3 is in libssl3t64), which saves unpacking the rest; the rest comes in turn.
 */
function takeLikeliest(debs: DebPackage[], { missing }: Closure): DebPackage | undefined {
  if (missing.size === 0) return undefined;
  const stems = [...missing.keys()].flatMap(stemsOf);
  const index = debs.findIndex(({ name }) => stems.some((stem) => name.startsWith(stem)));
  return debs.splice(Math.max(index, 0), 1)[0];
}

function checkLinks(recipe: PackageRecipe, tree: PackageTree, { paths }: Closure): void {
  for (const path of paths) {
    const target = tree.target(path);
    if (target !== undefined && tree.get(target) === undefined) throw pathMissing(recipe.name, `${target} (where ${path} leads)`);
  }
}

/** libssl.so.3 -> libssl, and zlib is the package of libz. */
function stemsOf(library: string): string[] {
  const stem = library
    .replace(/^.*\//, "")
    .replace(/\.so.*$/, "")
    .toLowerCase()
    .replaceAll("_", "-");
  return [stem, stem.replace(/^lib(.*)$/, "$1lib")];
}

/** Packages that bring something. */
function usedOf(debs: readonly DebPackage[], recipe: PackageRecipe, tree: PackageTree, { paths }: Closure): DebPackage[] {
  const bundled = (recipe.bundles ?? []).flatMap(({ from }) => matching(recipe, tree, from));
  const used = new Set([...paths, ...bundled].map((path) => tree.get(path)?.from));
  return debs.filter(({ name }) => used.has(name));
}

const sha256 = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");
