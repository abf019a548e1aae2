import { copyFileSync, existsSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { join, posix } from "node:path";
import type { TerraformStack } from "cdktf";
import type { ContextFile } from "../../engine/context-files";
import { beforeSynth } from "../before-synth";

/** Files of a directory that become a part of what is written for a stack. */
export interface BuildAssetProps {
  /** Name of the image's resource. */
  readonly id: string;
  readonly directory: string;
  readonly files: readonly ContextFile[];
  /** Of all that decides the content; the path has it, so that another content is another path. */
  readonly hash: string;
}

const ASSETS = "assets";
const SUFFIX = "-context";

const byStack = new WeakMap<TerraformStack, Map<string, BuildAssetProps>>();

/** Copies files below the stack's directory when it is synthesised, in place of all that earlier ones left. @returns their directory, from there */
export function addBuildAsset(stack: TerraformStack, asset: BuildAssetProps): string {
  const known = byStack.get(stack);
  const assets = known ?? new Map<string, BuildAssetProps>();
  const path = posix.join(ASSETS, `${asset.id}${SUFFIX}`, asset.hash.slice(0, 32));
  assets.set(path, asset);
  if (known === undefined) {
    byStack.set(stack, assets);
    beforeSynth(stack, (directory) => {
      removeOld(join(directory, ASSETS));
      for (const [target, props] of assets) write(join(directory, target), props);
    });
  }
  return path;
}

/** What was not ignored once may have been a secret. */
function removeOld(assets: string): void {
  const names = existsSync(assets) ? readdirSync(assets) : [];
  for (const name of names.filter((each) => each.endsWith(SUFFIX))) rmSync(join(assets, name), { recursive: true });
}

function write(target: string, { directory, files }: BuildAssetProps): void {
  mkdirSync(target, { recursive: true });
  for (const { path, kind } of files) {
    const [from, to] = [join(directory, path), join(target, path)];
    // The directory of what came back from an ignored one is not in the list.
    mkdirSync(kind === "directory" ? to : join(to, ".."), { recursive: true });
    if (kind === "link") symlinkSync(readlinkSync(from), to);
    else if (kind === "file") copyFileSync(from, to);
  }
}
