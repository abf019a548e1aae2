import { readFileSync } from "node:fs";
import { secretFile } from "./names";
import { StoreError } from "./store-error";

/** What a secret's file says of itself without a key. Whoever opens it knows that it was not altered: age authenticates its header. */
export interface SecretHeader {
  readonly environment: string;
  readonly name: string;
  /** Random; another one for each new value, the same when the value is encrypted again. Hexadecimal. */
  readonly version: string;
  /** Digest of the recipients that it was encrypted for. */
  readonly recipients: string;
}

/** The type of our stanza in age's header; programs that do not know it pass it by. */
export const STANZA_TYPE = "docker-tiers/secret";

const ARMOR = /^\s*-----BEGIN AGE ENCRYPTED FILE-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END AGE ENCRYPTED FILE-----\s*$/;

/** The arguments of our stanza. */
export function stanzaArguments({ environment, name, version, recipients }: SecretHeader): string[] {
  return [STANZA_TYPE, environment, name, version, recipients];
}

/** Reads the header of an encrypted file; undefined when it was not written by us. */
export function parseHeader(text: string): SecretHeader | undefined {
  const base64 = ARMOR.exec(text)?.[1];
  if (base64 === undefined) return undefined;
  const [header = ""] = Buffer.from(base64, "base64").toString("latin1").split("\n--- ", 1);
  const stanzas = header.split("\n").filter((line) => line.startsWith(`-> ${STANZA_TYPE} `));
  const [, , environment, name, version = "", recipients = ""] = stanzas[0]?.split(" ") ?? [];
  if (stanzas.length !== 1 || environment === undefined || name === undefined) return undefined;
  if (!/^[0-9a-f]{32}$/.test(version) || !/^[0-9a-f]{16}$/.test(recipients)) return undefined;
  return { environment, name, version, recipients };
}

/**
 * The text of a secret's file, with its header.
 *
 * @throws StoreError `SECRET_MISSING`, `SECRET_FORMAT`, `SECRET_MISPLACED`
 */
export function readSecret(directory: string, environment: string, name: string): { readonly text: string; readonly header: SecretHeader } {
  const file = secretFile(directory, environment, name);
  const text = readText(file, environment, name);
  const header = parseHeader(text);
  const mend = `run: npx tiers secrets set ${name} ${environment}`;
  if (header === undefined) {
    throw new StoreError("SECRET_FORMAT", `${file} must be as tiers secrets set writes it, got something else; ${mend}`);
  }
  if (header.environment !== environment || header.name !== name) {
    const given = `${header.name} of ${header.environment}`;
    throw new StoreError("SECRET_MISPLACED", `${file} must hold ${name} of ${environment}, got ${given}; ${mend}`);
  }
  return { text, header };
}

function readText(file: string, environment: string, name: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new StoreError(
      "SECRET_MISSING",
      `secret ${JSON.stringify(name)} of ${environment} must be in the store, got no readable ${file}; run: npx tiers secrets set ${name} ${environment}`,
      { cause },
    );
  }
}
