import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnvFile, type EnvFile } from "./env-file";
import { Environment } from "./environment";
import { resolveNames, type EnvironmentName } from "./environment-name";
import { fault } from "./fault";
import { BASES } from "./setting";

export interface LoadOptions {
  /** Where the `.env.NAME` files are. @default - the working directory */
  readonly directory?: string;
  /** The process variables. @default - those of this process */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** @default - dev, staging and prod */
  readonly names?: readonly EnvironmentName[];
}

/** The environments of an installation. */
export class Environments {
  /**
   * Reads the settings of each environment: typed defaults, over them `.env.NAME`, over both the process variables
   * with the environment's prefix (`DEV_WEB_PORT`). Faulty settings do not throw: they are in `faults` of their environment.
   *
   * @throws ConstructError `ENVIRONMENT_NAME`, `ENVIRONMENT_TWICE` for a name that no environment can have
   */
  static load({ directory = process.cwd(), env = process.env, names = BASES }: LoadOptions = {}): Environment[] {
    return resolveNames(names).map(({ name, base }) => new Environment({ name, base, env, file: readEnvFile(directory, `.env.${name}`) }));
  }
}

function readEnvFile(directory: string, name: string): EnvFile {
  const outcome = readText(join(directory, name));
  if ("text" in outcome) return parseEnvFile(name, outcome.text);
  const absent = outcome.code === "ENOENT";
  const faults = absent ? [] : [fault(name, outcome.code, "a readable file of UTF-8 text", `file ${name}`)];
  return { entries: new Map(), faults };
}

function readText(path: string): { readonly text: string } | { readonly code: string } {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path)) };
  } catch (error) {
    return { code: typeof error === "object" && error !== null && "code" in error ? String(error.code) : String(error) };
  }
}
