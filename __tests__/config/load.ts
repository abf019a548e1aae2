import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Environment, Environments, type LoadOptions } from "../../config";

/** Loads environments from files with these texts, in a directory that is gone afterwards. */
export function load(files: Readonly<Record<string, string | Buffer>> = {}, options: Omit<LoadOptions, "directory"> = {}): Environment[] {
  const directory = mkdtempSync(join(tmpdir(), "docker-tiers-config-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    return Environments.load({ directory, env: {}, ...options });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The environment `dev`, from the text of its file and its process variables. */
export function loadDev(text = "", env: LoadOptions["env"] = {}): Environment {
  const [environment] = load({ ".env.dev": text }, { env, names: ["dev"] });
  if (environment === undefined) throw new Error("an environment must be loaded");
  return environment;
}
