import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createIdentity, type Identities } from "../../store/identity";

/** Calls back with a folder that is gone afterwards. */
export async function inTemporary<T>(use: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "docker-tiers-store-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Somebody with a key of their own. */
export function person(): Promise<Identities> {
  return inTemporary((folder) => createIdentity({ DOCKER_TIERS_IDENTITY: join(folder, "key") }));
}
