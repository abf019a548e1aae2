import { createHash } from "node:crypto";

import { BUSYBOX_COMMANDS } from "./busybox";

/** A file that the recipe itself brings. */
export interface RecipeFile {
  readonly path: string;
  readonly content: string;
  /** Permission bits. @default - 0o644 */
  readonly mode?: number;
}

/** A directory of the image; parents are created as root, 0755. */
export interface RecipeDirectory {
  readonly path: string;
  /** Permission bits. @default - 0o755 */
  readonly mode?: number;
  /** @default - 0 */
  readonly uid?: number;
  /** @default - 0 */
  readonly gid?: number;
}

/** One file made of all files that match, in the order of their names. */
export interface RecipeBundle {
  readonly path: string;
  readonly from: string;
}

export interface RecipeLink {
  readonly path: string;
  readonly target: string;
}

/** A user with a group of the same name and number. */
export interface RecipeUser {
  readonly name: string;
  readonly uid: number;
  readonly home: string;
}

export interface RecipeHealthcheck {
  readonly test: readonly string[];
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly startPeriodSeconds: number;
  readonly retries: number;
}

/** What a container of the image does when nothing else is said. */
export interface RecipeConfig {
  readonly entrypoint?: readonly string[];
  readonly cmd: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** `uid:gid`. */
  readonly user: string;
  readonly workingDirectory?: string;
  readonly stopSignal: string;
  readonly exposedPorts?: readonly number[];
  readonly healthcheck?: RecipeHealthcheck;
}

/** How an image is put together from packages of the distribution: data only, so that it can be hashed and written as JSON. */
export interface PackageRecipe {
  readonly name: string;
  /** Release series of the program, for example `9.7`. */
  readonly version: string;
  /** Suite of the distribution, for example `trixie`. */
  readonly suite: string;
  /** Packages whose files `paths` may name. Libraries come from their dependencies by themselves. */
  readonly packages: readonly string[];
  /** Files, directories (with all below them) or patterns with `*` that the image holds. */
  readonly paths: readonly string[];
  /** Of these, what is left out: files, directories or patterns. */
  readonly except?: readonly string[];
  readonly links?: readonly RecipeLink[];
  readonly bundles?: readonly RecipeBundle[];
  readonly files?: readonly RecipeFile[];
  readonly directories?: readonly RecipeDirectory[];
  readonly users: readonly RecipeUser[];
  readonly config: RecipeConfig;
}

const own = new WeakSet<object>();

/** Marks a recipe of this package. */
export function ownRecipe(recipe: PackageRecipe): PackageRecipe {
  own.add(recipe);
  return recipe;
}

export const isOwnRecipe = (recipe: object): recipe is PackageRecipe => own.has(recipe);

/** Raised when the builder writes another image for the same recipe. */
const BUILDER_REVISION = 1;

/** sha256 in hex over the canonical JSON of the recipe, and of what the builder adds to every image. */
export function recipeHash(recipe: PackageRecipe): string {
  return createHash("sha256")
    .update(canonicalJson({ builder: BUILDER_REVISION, commands: BUSYBOX_COMMANDS, recipe }))
    .digest("hex");
}

/** `localhost/docker-tiers/NAME:VERSION-HASH`: no registry has this name, so it is never pulled by accident. */
export function imageName(recipe: PackageRecipe): string {
  return `localhost/docker-tiers/${recipe.name}:${recipe.version}-${recipeHash(recipe).slice(0, 12)}`;
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isRecord(inner) ? sortedByKey(inner) : inner));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sortedByKey(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1)));
}
