import { createHash } from "node:crypto";

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
};

/** Hexadecimal SHA-256 of a JSON value; the order of keys does not count. */
export function contentHash(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(value)))
    .digest("hex");
}

/** The first 8 digits of {@link contentHash}: short enough for a name, and two of one construct's configurations do not meet in it. */
export function shortHash(value: unknown): string {
  return contentHash(value).slice(0, 8);
}
