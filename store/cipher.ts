import { stanzaArguments, type SecretHeader } from "./secret-header";
import { recipientsDigest } from "./recipients";
import { StoreError } from "./store-error";

/** What of a secret's header is not computed. */
export type SecretLabel = Omit<SecretHeader, "recipients">;

/** Encrypts a value for public keys; the text is an armored age file. */
export async function seal(value: Uint8Array, label: SecretLabel, keys: readonly string[]): Promise<string> {
  const { armor, Encrypter, Stanza } = await import("age-encryption");
  const args = stanzaArguments({ ...label, recipients: recipientsDigest(keys) });
  const encrypter = new Encrypter();
  encrypter.addRecipient({ wrapFileKey: () => [new Stanza(args, new Uint8Array())] });
  for (const key of keys) encrypter.addRecipient(key);
  return armor.encode(await encrypter.encrypt(value));
}

/**
 * Decrypts an armored age file.
 *
 * @param subject - what it is called in errors
 * @throws StoreError `SECRET_LOCKED` when it was encrypted for others, `SECRET_ALTERED` when it is not as it was written
 */
export async function open(text: string, identities: readonly string[], subject: string): Promise<Uint8Array> {
  const { armor, Decrypter } = await import("age-encryption");
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  try {
    return await decrypter.decrypt(armor.decode(text));
  } catch (cause) {
    if (cause instanceof Error && cause.message.startsWith("no identity matched")) {
      const mend = "let a member run: npx tiers secrets rotate --add YOUR_PUBLIC_KEY";
      throw new StoreError("SECRET_LOCKED", `${subject} must be encrypted for your key, got other recipients; ${mend}`, { cause });
    }
    throw new StoreError(
      "SECRET_ALTERED",
      `${subject} must be as it was encrypted, got altered content; take it from git, or set it anew`,
      {
        cause,
      },
    );
  }
}
