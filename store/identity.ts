import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { StoreError } from "./store-error";

/** Process variables that decide where a person's private key is. */
export type IdentityVariables = Readonly<Partial<Record<"DOCKER_TIERS_IDENTITY" | "XDG_CONFIG_HOME", string | undefined>>>;

/** Keys of the age format: the private ones, and their public ones in the same order. */
export interface Identities {
  readonly file: string;
  readonly identities: readonly string[];
  readonly recipients: readonly string[];
}

/** `DOCKER_TIERS_IDENTITY`, or `docker-tiers/identity.txt` where a person's configuration is. */
export function identityFile(env: IdentityVariables): string {
  const { DOCKER_TIERS_IDENTITY: given = "", XDG_CONFIG_HOME: config = "" } = env;
  if (given !== "") return given;
  return join(config === "" ? join(homedir(), ".config") : config, "docker-tiers", "identity.txt");
}

/**
 * Reads the private keys of whoever runs this.
 *
 * @throws StoreError `IDENTITY_MISSING`, `IDENTITY_MODE` when others may read the file, `IDENTITY_FORMAT`
 */
export async function readIdentities(env: IdentityVariables): Promise<Identities> {
  const found = await findIdentities(env);
  if (found !== undefined) return found;
  const mend = "run: npx tiers secrets init ENVIRONMENT, or set DOCKER_TIERS_IDENTITY to the file that holds it";
  throw new StoreError("IDENTITY_MISSING", `a private key must be at ${identityFile(env)}, got none; ${mend}`);
}

/** {@link readIdentities}, but undefined when there is no file. */
export async function findIdentities(env: IdentityVariables): Promise<Identities | undefined> {
  const file = identityFile(env);
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if ((stats.mode & 0o077) !== 0) {
    const mode = (stats.mode & 0o777).toString(8).padStart(4, "0");
    throw new StoreError("IDENTITY_MODE", `private key must be readable by you alone, got mode ${mode}; run: chmod 600 ${file}`);
  }
  const lines = readFileSync(file, "utf8").split(/\r?\n/);
  const identities = lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
  return { file, identities, recipients: await recipientsOf(identities, file) };
}

async function recipientsOf(identities: readonly string[], file: string): Promise<string[]> {
  const { identityToRecipient } = await import("age-encryption");
  const known = identities.length > 0 && identities.every((identity) => /^AGE-SECRET-KEY-1[A-Z0-9]+$/.test(identity));
  try {
    if (known) return await Promise.all(identities.map((identity) => identityToRecipient(identity)));
  } catch {
    // Said below; what the library says might quote the key.
  }
  throw new StoreError(
    "IDENTITY_FORMAT",
    `${file} must hold private keys as age-keygen writes them, got something else; give another file`,
  );
}

/** Makes a private key where there is none; the file is the maker's alone from the first moment. */
export async function createIdentity(env: IdentityVariables): Promise<Identities> {
  const file = identityFile(env);
  const { generateX25519Identity, identityToRecipient } = await import("age-encryption");
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  if (!existsSync(dirname(file))) mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const text = `# created: ${new Date().toISOString()}\n# public key: ${recipient}\n${identity}\n`;
  writeFileSync(file, text, { mode: 0o600, flag: "wx" });
  return { file, identities: [identity], recipients: [recipient] };
}
