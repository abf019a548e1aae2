import { Engine, type EngineOptions } from "../../engine";
import { buildImage, type BuilderPorts, type BuildOptions } from "../../images/builder";
import { cacheDirectory } from "../../images/cache-directory";
import { findImage } from "../../images/image-store";
import { hostMirror } from "../../images/mirror";
import { imageName, type PackageRecipe } from "../../images/recipe";
import { Failure } from "../failure";
import { forEachOf } from "../pool";
import { startTask, systemClock, type Clock, type Output } from "../progress";
import { stackNames } from "../stack-names";
import { readStack, type StackOutput } from "../stack-output";

export type ImageEngine = BuilderPorts["engine"] & Pick<Engine, "close">;

/** What the image commands need of their surroundings. */
export interface ImagesPorts {
  readonly output: Output;
  readonly clock: Clock;
  /** Directory that synth writes to. */
  readonly synthesised: string;
  readonly openEngine: (options: EngineOptions) => ImageEngine;
  readonly build: (recipe: PackageRecipe, ports: BuilderPorts, options: BuildOptions) => ReturnType<typeof buildImage>;
}

/** Unpacking takes one core: two builds fill the smallest machine that we expect. */
const BUILDS_AT_ONCE = 2;

/** The surroundings of a command that a person runs. */
export function systemPorts(output: Output): ImagesPorts {
  return { output, clock: systemClock, synthesised: "cdktf.out", openEngine: (options) => new Engine(options), build: buildImage };
}

/**
 * Builds the images of environments that their hosts lack.
 *
 * @param names - environments; none stands for the only one that there is
 * @throws Failure, ImageError, EngineError
 */
export async function buildImages(ports: ImagesPorts, names: readonly string[], options: BuildOptions = {}): Promise<void> {
  for (const stack of stacksOf(ports, names)) {
    if (stack.recipes.length === 0) ports.output.line(`${stack.name}: no images from packages`);
    await withEngine(ports, stack, (engine) =>
      forEachOf(stack.recipes, BUILDS_AT_ONCE, (recipe) => buildOne(ports, engine, recipe, options)),
    );
  }
}

/** Prints a line for every image of the environments: whether their hosts have it, and its size. */
export async function listImages(ports: ImagesPorts, names: readonly string[]): Promise<void> {
  for (const stack of stacksOf(ports, names)) {
    await withEngine(ports, stack, async (engine) => {
      for (const recipe of stack.recipes) ports.output.line(`${stack.name}  ${imageName(recipe)}  ${await stateOf(engine, recipe)}`);
    });
  }
}

async function stateOf(engine: ImageEngine, recipe: PackageRecipe): Promise<string> {
  const image = await findImage(engine, recipe);
  return image === undefined ? "missing" : `${(image.size / 1_000_000).toFixed(1)} MB`;
}

async function buildOne(ports: ImagesPorts, engine: ImageEngine, recipe: PackageRecipe, options: BuildOptions): Promise<void> {
  const task = startTask(recipe.name, ports.output, ports.clock);
  const builder = { engine, cache: cacheDirectory(), mirror: () => hostMirror(), onProgress: (text: string) => task.step(text) };
  try {
    const { name, built } = await ports.build(recipe, builder, options);
    task.end(`${name} ${built ? "built" : "is there"}`);
  } catch (error) {
    task.end("failed");
    throw error;
  }
}

/** The stacks of these environments; none stands for the only one that there is. */
export function stacksOf({ synthesised }: ImagesPorts, names: readonly string[]): StackOutput[] {
  const known = stackNames(synthesised);
  if (names.length === 0 && known.length > 1) {
    throw new Failure(
      "usage",
      `NO_ENVIRONMENT: environment must be one or more of ${known.join(", ")}, got none; for example: tiers images build ${known[0] ?? ""}`,
    );
  }
  return (names.length === 0 ? known : names).map((name) => readStack(synthesised, name));
}

/** Calls `use` with a stack's engine, which is closed afterwards. */
export async function withEngine<T>(ports: ImagesPorts, stack: StackOutput, use: (engine: ImageEngine) => Promise<T>): Promise<T> {
  const engine = ports.openEngine(stack.engine);
  try {
    return await use(engine);
  } finally {
    await engine.close();
  }
}
