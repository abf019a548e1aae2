import { lstat, readdir, rm } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";

/** A provider that has just made its directory listens in it within that time. */
const BEGINNING_MS = 5_000;

/**
 * Removes what providers that were killed have left: directories of ours, with a socket at which nobody answers.
 * Faults are not told: they would hide what the user asked for.
 */
export async function removeStaleSockets(parent: string, prefix: string, socket: string): Promise<void> {
  try {
    const names = (await readdir(parent)).filter((name) => name.startsWith(prefix));
    for (const name of names) if (await isStale(join(parent, name), socket)) await rm(join(parent, name), { recursive: true, force: true });
  } catch {
    return;
  }
}

async function isStale(directory: string, socket: string): Promise<boolean> {
  const found = await lstat(directory);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || Date.now() - found.mtimeMs < BEGINNING_MS) return false;
  return refuses(join(directory, socket));
}

function refuses(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path);
    probe.once("connect", () => {
      probe.destroy();
      resolve(false);
    });
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code === "ECONNREFUSED"));
    probe.unref();
  });
}
