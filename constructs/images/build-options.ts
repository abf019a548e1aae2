import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { ConstructError } from "../errors";
import { argumentFault, textFault } from "../text";
import type { IContainerImage } from "./bound-image";

export interface BuildOptions {
  /** Name of the image without a tag, such as `shop`. */
  readonly name: string;
  /** Path of the Dockerfile in the directory. @default "Dockerfile" */
  readonly dockerfile?: string;
  /** Values of the Dockerfile's `ARG`s; an image stands for its name. No secrets: they stay in the image's history. @default - none */
  readonly buildArgs?: Readonly<Record<string, string | IContainerImage>>;
  /** Stage to build: its name, or its number from 0. @default - the last */
  readonly target?: string;
  /** Platform to build for, such as `linux/arm64`. @default - the host's */
  readonly platform?: string;
  /** Labels of the image, over those of the Dockerfile. No secrets: `docker inspect` shows them. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

const NAME = /^[a-z0-9]+(?:(?:\.|_{1,2}|-+|\/)[a-z0-9]+)*$/;
const ARGUMENT = /^[A-Za-z_]\w*$/;
const PLATFORM = /^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9.]+)?$/;

/**
 * Refuses options that the builder would refuse, or not understand.
 *
 * @param dockerfile - text of the Dockerfile
 * @throws ConstructError `BUILD_NAME`, `BUILD_ARGUMENT`, `BUILD_LABEL`, `BUILD_PLATFORM`, `BUILD_TARGET`, `TEXT`
 */
export function requireBuildOptions(options: BuildOptions, dockerfile: string, at: IConstruct): void {
  const { name, buildArgs = {}, labels = {}, platform, target } = options;
  const refuse = (code: string, message: string): never => {
    throw new ConstructError(code, message, at);
  };
  if (!fits(name, NAME))
    refuse("BUILD_NAME", `name of a build must be a repository without a tag, got ${JSON.stringify(name)}; use "shop"`);
  for (const [key, value] of Object.entries(buildArgs)) {
    if (!ARGUMENT.test(key))
      refuse("BUILD_ARGUMENT", `name of a build argument must be that of a variable, got ${JSON.stringify(key)}; use "BASE"`);
    const fault = typeof value === "string" ? argumentFault(value) : undefined;
    if (fault !== undefined) refuse("TEXT", `build argument ${key} ${fault}`);
  }
  for (const [key, value] of Object.entries(labels)) {
    if (key === "" || /\s/.test(key))
      refuse("BUILD_LABEL", `label of a build must have a name without spaces, got ${JSON.stringify(key)}; use "team"`);
    const fault = textFault(key) ?? textFault(value);
    if (fault !== undefined) refuse("TEXT", `label ${JSON.stringify(key.slice(0, 40))} ${fault}`);
  }
  if (platform !== undefined && !fits(platform, PLATFORM)) {
    refuse("BUILD_PLATFORM", `platform must be SYSTEM/ARCHITECTURE, got ${JSON.stringify(platform)}; use "linux/amd64" or "linux/arm64"`);
  }
  const stages = stagesOf(dockerfile);
  if (target !== undefined && !Token.isUnresolved(target) && !stages.includes(target.toLowerCase())) {
    refuse("BUILD_TARGET", `target must be a stage of the Dockerfile, got ${JSON.stringify(target)}; use one of ${stages.join(", ")}`);
  }
}

const fits = (text: string, pattern: RegExp): boolean => Token.isUnresolved(text) || pattern.test(text);

/** Names, and numbers where there is none: the builder knows a stage by either. */
function stagesOf(dockerfile: string): string[] {
  const stages = [...dockerfile.matchAll(/^[ \t]*FROM[ \t]+(?:[^\n]*?[ \t]AS[ \t]+(\S+))?/gim)];
  return stages.flatMap(([, name], index) => [...(name === undefined ? [] : [name.toLowerCase()]), String(index)]);
}
