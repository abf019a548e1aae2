import { Token } from "cdktf";

/** A string that Terraform takes as it is: `${` and `%{` are escaped. A token is left to cdktf. */
export function literal(text: string): string {
  return Token.isUnresolved(text) ? text : text.replace(/([$%])\{/g, "$1$1{");
}

/** {@link literal} for every string in a value, keys included. */
export function literalDeep(value: unknown): unknown {
  if (typeof value === "string") return literal(value);
  if (Array.isArray(value)) return value.map(literalDeep);
  if (value === null || typeof value !== "object" || Token.isUnresolved(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [literal(key), literalDeep(item)]));
}
