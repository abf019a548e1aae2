/** Stands for a value that Terraform learns only when it applies. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** A Terraform value as plain data: sets are arrays, blocks are objects, an unset attribute is `null`. */
export type Value = null | boolean | number | string | typeof UNKNOWN | readonly Value[] | ObjectValue;

/** An object, block or map of values. */
export interface ObjectValue {
  readonly [name: string]: Value;
}

/** True for a block, object or map; false for `null`, lists and unknown. */
export function isObject(value: Value | undefined): value is ObjectValue {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The elements of a list, set or block list; none when it is `null` or unknown. */
export function elements(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}

/** The blocks of a nested block attribute; none when it is `null` or unknown. */
export function blocks(value: Value | undefined): readonly ObjectValue[] {
  return elements(value).filter((element): element is ObjectValue => isObject(element));
}

/** The string, or undefined when it is unset or unknown. */
export function text(value: Value | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The number, or undefined when it is unset or unknown. */
export function integer(value: Value | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

/** The boolean, or undefined when it is unset or unknown. */
export function flag(value: Value | undefined): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

/** The strings of a list or set; none when it is unset or unknown. */
export function texts(value: Value | undefined): string[] {
  return elements(value).filter((element): element is string => typeof element === "string");
}

/** The entries of a map of strings; none when it is unset or unknown. */
export function textMap(value: Value | undefined): Record<string, string> {
  if (!isObject(value)) return {};
  const entries = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(entries);
}

/** True when any part of the value is unknown. */
export function hasUnknown(value: Value): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return (value as readonly Value[]).some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

/** True for what the public provider stores for "not set": `null`, `""`, `false`, `0`, an empty list or map. */
export function isZero(value: Value): boolean {
  if (value === null || value === "" || value === false || value === 0) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}
