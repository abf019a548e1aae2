import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { open, seal } from "./cipher";
import type { Identities } from "./identity";
import { isSecretName, secretFile } from "./names";
import { changedRecipients, readRecipients, recipientsDigest, recipientsFile } from "./recipients";
import { readSecret } from "./secret-header";
import { StoreError } from "./store-error";
import { writeFiles } from "./write-files";

/** A line of a listing: nothing of it takes a key. */
export interface SecretEntry {
  readonly name: string;
  readonly version: string;
  /** False when who can read it differs from the environment's list. */
  readonly current: boolean;
}

/** Names of the environments that have secrets, sorted. */
export function environmentsOf(directory: string): string[] {
  if (!existsSync(directory)) return [];
  const folders = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => name).sort();
}

/** The secrets of one environment: an encrypted file each, and the list of who can read them. */
export class SecretStore {
  constructor(
    private readonly directory: string,
    readonly environment: string,
  ) {}

  /** @throws StoreError */
  recipients(): string[] {
    return readRecipients(this.directory, this.environment);
  }

  has(name: string): boolean {
    return existsSync(secretFile(this.directory, this.environment, name));
  }

  /** Names of the secrets, sorted. */
  names(): string[] {
    const folder = join(this.directory, this.environment);
    const files = existsSync(folder) ? readdirSync(folder) : [];
    const names = files.filter((file) => file.endsWith(".age")).map((file) => file.slice(0, -".age".length));
    return names.filter(isSecretName).sort();
  }

  /** @throws StoreError */
  list(): SecretEntry[] {
    const digest = recipientsDigest(this.recipients());
    return this.names().map((name) => {
      const { header } = readSecret(this.directory, this.environment, name);
      return { name, version: header.version, current: header.recipients === digest };
    });
  }

  /** Starts the list of who can read with these keys; an existing list stays. @returns false when there was one */
  init(keys: readonly string[]): boolean {
    const file = recipientsFile(this.directory, this.environment);
    if (existsSync(file)) return false;
    writeFiles(new Map([[file, changedRecipients("", keys)]]));
    return true;
  }

  /** @throws StoreError */
  async get(name: string, { identities }: Identities): Promise<{ readonly value: Uint8Array; readonly version: string }> {
    const { text, header } = readSecret(this.directory, this.environment, name);
    return { value: await open(text, identities, `${name} of ${this.environment}`), version: header.version };
  }

  /** Encrypts a value under a new version; takes no private key. @throws StoreError */
  async set(name: string, value: Uint8Array): Promise<void> {
    writeFiles(new Map([await this.sealed(name, value, randomBytes(16).toString("hex"), this.recipients())]));
  }

  /** @throws StoreError `SECRET_MISSING` */
  remove(name: string): void {
    if (!this.has(name)) readSecret(this.directory, this.environment, name);
    rmSync(secretFile(this.directory, this.environment, name));
  }

  /**
   * Encrypts everything again, for another list of readers; values and versions stay. All or nothing is written.
   *
   * @returns how many secrets there are
   * @throws StoreError
   */
  async rotate(keys: readonly string[], own: Identities): Promise<number> {
    if (!own.recipients.some((key) => keys.includes(key))) {
      const mend = "let another member remove it";
      throw new StoreError("RECIPIENT_SELF", `your own key must stay in the list of ${this.environment}, got a list without it; ${mend}`);
    }
    const files = new Map<string, string>();
    for (const name of this.names()) {
      const { value, version } = await this.get(name, own);
      files.set(...(await this.sealed(name, value, version, keys)));
    }
    const list = recipientsFile(this.directory, this.environment);
    writeFiles(new Map([...files, [list, changedRecipients(readFileSync(list, "utf8"), keys)]]));
    return files.size;
  }

  private async sealed(name: string, value: Uint8Array, version: string, keys: readonly string[]): Promise<[string, string]> {
    const { directory, environment } = this;
    return [secretFile(directory, environment, name), await seal(value, { environment, name, version }, keys)];
  }
}
