import { statSync } from "node:fs";
import { join } from "node:path";

import { progressMessages, type Engine } from "../engine";
import { AptSuite } from "./apt-suite";
import { withScratch } from "./cache-directory";
import { collect } from "./collection";
import { imageArchive } from "./image-archive";
import { architectureDiffers } from "./image-error";
import { findImage } from "./image-store";
import { imageName, type PackageRecipe } from "./recipe";
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

/** The outcome of a build. */
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
  if (options.rebuild !== true && (await findImage(ports.engine, recipe)) !== undefined) return { name, built: false };
  const architecture = await architectureOf(ports.engine);
  await withScratch(ports.cache, (scratch) => buildIn(scratch, recipe, ports, architecture));
  return { name, built: true };
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
  const { versions, hashes, modified } = collection;
  const content = { rootfs, versions, hashes, modified, architecture };
  const archive = imageArchive(recipe, content, { file: layer, size });
  const answer = await ports.engine.stream("POST", "/images/load", { query: { quiet: true }, body: archive });
  // The daemon answers 200 first; faults come in the stream.
  for await (const { stream } of progressMessages(answer)) progress(stream?.trim() ?? "loading");
}

async function architectureOf(engine: BuilderPorts["engine"]): Promise<string> {
  const here = process.arch === "x64" ? "amd64" : process.arch;
  const { Arch: there } = await engine.get<{ Arch: string }>("/version");
  if (here !== there) throw architectureDiffers(here, there);
  return here;
}
