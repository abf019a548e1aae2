import { randomBytes } from "node:crypto";
import { findIdentities, readIdentities } from "../../store/identity";
import type { SecretStore } from "../../store/secret-store";
import { StoreError } from "../../store/store-error";
import { readValue } from "../secret-input";
import { checkName, requireSecret, storeOf, type SecretsPorts } from "./secrets-ports";

/** Characters enough that nobody tries them all: 32 bytes. */
const GENERATED_BYTES = 32;

/**
 * Encrypts a value from standard input or a prompt; takes no private key. The value that is there already is left alone.
 *
 * @param options - `generate` makes a random value
 * @throws Failure, StoreError
 */
export async function setSecret(
  ports: SecretsPorts,
  name: string,
  given: string | undefined,
  options: { readonly generate?: boolean } = {},
): Promise<void> {
  checkName(name);
  const store = storeOf(ports, given);
  const { environment } = store;
  const readers = store.recipients().length;
  const value = options.generate === true ? generated() : await readValue(ports.input, ports.prompt, `${name} of ${environment}: `);
  if (await isSet(ports, store, name, value)) {
    ports.output.line(`${environment}: ${name} has this value already`);
    return;
  }
  await store.set(name, value);
  ports.output.line(
    `${environment}: ${name} is set, for ${readers} reader${readers === 1 ? "" : "s"}; next: npx cdktf deploy ${environment}`,
  );
}

/** Writes a value to standard output as it is; a terminal gets a line break after it. */
export async function getSecret(ports: SecretsPorts, name: string, given: string | undefined, terminal: boolean): Promise<void> {
  const store = storeOf(ports, given);
  requireSecret(store, name);
  const { value } = await store.get(name, await readIdentities(ports.env));
  ports.reveal(terminal ? Buffer.concat([value, Buffer.from("\n")]) : value);
}

const generated = (): Buffer => Buffer.from(randomBytes(GENERATED_BYTES).toString("base64url"));

/** Whether a secret has a value; who has no key for it is not told. */
async function isSet({ env }: SecretsPorts, store: SecretStore, name: string, value: Buffer): Promise<boolean> {
  if (!store.has(name) || store.list().some((entry) => entry.name === name && !entry.current)) return false;
  try {
    const own = await findIdentities(env);
    return own !== undefined && value.equals((await store.get(name, own)).value);
  } catch (error) {
    if (error instanceof StoreError) return false;
    throw error;
  }
}
