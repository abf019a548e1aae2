import { Token } from "cdktf";

/** How cdktf writes a value into a string that is known when the stack is synthesised. */
const TOKEN = /(\$\{TfToken\[[\w:.-]+\]\})/;

const escape = (text: string): string => text.replace(/([$%])\{/g, "$1$1{");

/** A `$` right before an expression would escape it. */
const escapeBeforeToken = (text: string): string => escape(text).replace(/\$$/, '${"$"}');

/** A string that Terraform takes as it is: `${` and `%{` are escaped. The tokens in it are left to cdktf. */
export function literal(text: string): string {
  // Most strings: nothing to escape, and no token.
  if (!text.includes("{")) return text;
  if (!Token.isUnresolved(text)) return escape(text);
  const parts = text.split(TOKEN);
  return parts.map((part, index) => (index % 2 === 1 ? part : index < parts.length - 1 ? escapeBeforeToken(part) : escape(part))).join("");
}

/** {@link literal} for every string in a value, keys included. */
export function literalDeep(value: unknown): unknown {
  if (typeof value === "string") return literal(value);
  if (Array.isArray(value)) return value.map(literalDeep);
  if (value === null || typeof value !== "object" || Token.isUnresolved(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [literal(key), literalDeep(item)]));
}
