import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { StoreError } from "./store-error";

/** Name of the file in an environment's folder that lists who can read its secrets: a public key per line, as `age -R` takes it. */
const FILE = "recipients.txt";

const INTRODUCTION = "# Who can read these secrets: a public key per line. Change it with: npx tiers secrets rotate\n";

export function recipientsFile(directory: string, environment: string): string {
  return join(directory, environment, FILE);
}

/** Whether a text has the form of a public key that every age program knows. */
export function isRecipient(text: string): boolean {
  return /^age1[02-9ac-hj-np-z]{58}$/.test(text);
}

/**
 * The public keys of an environment, in the order of its file.
 *
 * @throws StoreError `STORE_MISSING` without the file, `RECIPIENT` for a line that is no public key, `RECIPIENTS_EMPTY`
 */
export function readRecipients(directory: string, environment: string): string[] {
  const file = recipientsFile(directory, environment);
  if (!existsSync(file)) {
    const mend = `run: npx tiers secrets init ${environment}`;
    throw new StoreError("STORE_MISSING", `${environment} must have a list of who reads its secrets, got no ${file}; ${mend}`);
  }
  const lines = readFileSync(file, "utf8").split(/\r?\n/);
  const keys = lines.flatMap((line, index) => (/^\s*(#|$)/.test(line) ? [] : [checked(line.trim(), `${file} line ${index + 1}`)]));
  if (keys.length === 0) throw new StoreError("RECIPIENTS_EMPTY", `${file} must name at least one public key, got none; add yours`);
  return [...new Set(keys)];
}

/** @throws StoreError `RECIPIENT` */
export function checked(text: string, where: string): string {
  if (isRecipient(text)) return text;
  const got = text.startsWith("AGE-SECRET-KEY-") ? "a private key: never hand it out" : JSON.stringify(text);
  throw new StoreError("RECIPIENT", `public key must be age1 and 58 characters, got ${got} (${where}); tiers secrets init shows yours`);
}

/** The file's text after a change: comments and order stay, a removed key takes its line along. */
export function changedRecipients(before: string, keys: readonly string[]): string {
  const lines = (before === "" ? INTRODUCTION : before).split(/\r?\n/).filter((line) => line !== "");
  const kept = lines.filter((line) => /^\s*#/.test(line) || keys.includes(line.trim()));
  const added = keys.filter((key) => !kept.some((line) => line.trim() === key));
  return [...kept, ...added].map((line) => `${line}\n`).join("");
}

/** A short digest by which a file shows whether it was encrypted for these. */
export function recipientsDigest(keys: readonly string[]): string {
  return createHash("sha256")
    .update([...new Set(keys)].sort().join("\n"))
    .digest("hex")
    .slice(0, 16);
}
