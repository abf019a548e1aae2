import { statSync } from "node:fs";
import { join } from "node:path";

import { progressMessages, type Engine } from "../engine";
import { AptSuite } from "./apt-suite";
import { withScratch } from "./cache-directory";
import { collect } from "./collection";
import { imageArchive } from "./image-archive";
import { RECIPE_LABEL, type BuiltContent } from "./image-config";
import { architectureDiffers } from "./image-error";
import { imageName, recipeHash, type PackageRecipe } from "./recipe";
import { layOut } from "./rootfs";
import { writeRootTar } from "./tar";

/** What a build needs of its surroundings. */
export interface BuilderPorts {
  readonly engine: Pick<Engine, "find" | "get" | "stream">;
  /** Directory for package lists, packages and scratch. */
  readonly cache: string;
  /** URI of the distribution's mirror; asked for only when something is built. */
  readonly mirror: () => string;
  readonly onProgress?: (text: string) => void;
}

export interface BuildOptions {
  /** Build although the image is there, to take newer packages. @default false */
  readonly rebuild?: boolean;
}

/** An image on a host. */
export interface BuiltImage {
  readonly name: string;
  /** False when the host had it already. */
  readonly built: boolean;
}

/**
 * Sees to it that the engine has the image of a recipe. The root file system is made on this machine and streamed,
 * so a remote host needs neither apt nor network.
 *
 * @throws ImageError, EngineError
 */
export async function buildImage(recipe: PackageRecipe, ports: BuilderPorts, options: BuildOptions = {}): Promise<BuiltImage> {
  const name = imageName(recipe);
  if (options.rebuild !== true && (await hasImage(ports.engine, recipe))) return { name, built: false };
  const architecture = await architectureOf(ports.engine);
  await withScratch(ports.cache, (scratch) => buildIn(scratch, recipe, ports, architecture));
  return { name, built: true };
}

/** True when the engine has an image of this name that was made from this very recipe. */
export async function hasImage(engine: BuilderPorts["engine"], recipe: PackageRecipe): Promise<boolean> {
  const path = `/images/${imageName(recipe)}/json`;
  const image = await engine.find<{ Config?: { Labels?: Record<string, string> | null } }>(path);
  return image?.Config?.Labels?.[RECIPE_LABEL] === recipeHash(recipe);
}

async function buildIn(scratch: string, recipe: PackageRecipe, ports: BuilderPorts, architecture: string): Promise<void> {
  const progress = ports.onProgress ?? (() => undefined);
  const suite = new AptSuite({ cache: ports.cache, suite: recipe.suite, mirror: ports.mirror(), onProgress: progress });
  progress("resolving packages");
  const collection = await collect(recipe, suite, scratch, progress);
  progress("writing the root file system");
  const layer = join(scratch, "rootfs.tar");
  const rootfs = await writeRootTar(layOut(recipe, collection), collection.modified, layer);
  const size = statSync(layer).size;
  progress(`loading ${Math.round(size / 1_000_000)} MB into the engine`);
  const content = { rootfs, versions: collection.versions, modified: collection.modified, architecture };
  await load(ports.engine, recipe, content, { file: layer, size });
}

async function load(
  engine: BuilderPorts["engine"],
  recipe: PackageRecipe,
  content: BuiltContent,
  layer: { file: string; size: number },
): Promise<void> {
  const body = imageArchive(recipe, content, layer);
  const answer = await engine.stream("POST", "/images/load", { query: { quiet: true }, body });
  // The daemon answers 200 first and reports faults in the stream.
  for await (const message of progressMessages(answer)) void message;
}

async function architectureOf(engine: BuilderPorts["engine"]): Promise<string> {
  const here = process.arch === "x64" ? "amd64" : process.arch;
  const { Arch: there } = await engine.get<{ Arch: string }>("/version");
  if (here !== there) throw architectureDiffers(here, there);
  return here;
}
