import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { initSecrets } from "../../cli/commands/secrets";
import { setSecret } from "../../cli/commands/secret-values";
import type { SecretsPorts } from "../../cli/commands/secrets-ports";
import type { ValueSource } from "../../cli/secret-input";

/** A project's folder with one person at work in it. */
export interface Scene {
  readonly folder: string;
  readonly ports: SecretsPorts;
  /** What was printed. */
  readonly lines: string[];
  /** What was shown of values. */
  readonly revealed: Buffer[];
  /** The same folder with another person, or other input. */
  readonly as: (changed: Partial<SecretsPorts>) => SecretsPorts;
}

/** Input that is piped in. */
export function piped(...chunks: (string | Buffer)[]): ValueSource {
  return Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
}

/** The process variables of a person whose key lies in the scene's folder. */
export function person(folder: string, name: string): { readonly DOCKER_TIERS_IDENTITY: string } {
  return { DOCKER_TIERS_IDENTITY: join(folder, "keys", name) };
}

/** Calls back with an empty project and Ada, and removes it afterwards. */
export async function inProject(use: (scene: Scene) => Promise<void> | void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "docker-tiers-secrets-"));
  const [lines, revealed]: [string[], Buffer[]] = [[], []];
  const ports: SecretsPorts = {
    output: { line: (text) => lines.push(text) },
    directory: join(folder, "secrets"),
    synthesised: join(folder, "cdktf.out"),
    env: person(folder, "ada"),
    input: piped(),
    prompt: (text) => lines.push(text),
    reveal: (value) => revealed.push(Buffer.from(value)),
  };
  try {
    await use({ folder, ports, lines, revealed, as: (changed) => ({ ...ports, ...changed }) });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** {@link inProject}, where Ada has started `dev` and set these. */
export function inStore(values: Readonly<Record<string, string>>, use: (scene: Scene) => Promise<void> | void): Promise<void> {
  return inProject(async (scene) => {
    await initSecrets(scene.ports, "dev");
    for (const [name, value] of Object.entries(values)) await setSecret(scene.as({ input: piped(value) }), name, "dev");
    scene.lines.length = 0;
    await use(scene);
  });
}
