import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { cacheNotWritable } from "./image-error";

/** `$XDG_CACHE_HOME/docker-tiers`, by default `~/.cache/docker-tiers`. */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  const base = env["XDG_CACHE_HOME"];
  return join(base === undefined || base === "" ? join(homedir(), ".cache") : base, "docker-tiers");
}

/**
 * Makes a directory of the cache, readable by its owner.
 *
 * @throws ImageError CACHE_NOT_WRITABLE
 */
export function makeCacheDirectory(directory: string): string {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return directory;
  } catch (error) {
    throw cacheNotWritable(directory, error);
  }
}

/** Calls `use` with an empty directory below the cache, which is removed afterwards. */
export async function withScratch<T>(cache: string, use: (directory: string) => Promise<T>): Promise<T> {
  const scratch = makeScratch(makeCacheDirectory(cache));
  try {
    return await use(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function makeScratch(cache: string): string {
  try {
    return mkdtempSync(join(cache, "build-"));
  } catch (error) {
    throw cacheNotWritable(cache, error);
  }
}
