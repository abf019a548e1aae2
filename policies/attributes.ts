/** A JSON object as it was read. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Attributes of a resource or of one of its blocks, in the provider's names. Reads both forms that Terraform has: its JSON configuration, in
 * which a block may stand alone or in a list and a number may be text, and planned values, in which what is not set is null.
 */
export class Attributes {
  constructor(private readonly values: JsonObject) {}

  has(name: string): boolean {
    return this.values[name] !== undefined && this.values[name] !== null;
  }

  /** @returns empty when it is not set */
  text(name: string): string {
    return scalar(this.values[name]);
  }

  number(name: string): number | undefined {
    const text = this.text(name);
    return text === "" || Number.isNaN(Number(text)) ? undefined : Number(text);
  }

  flag(name: string): boolean | undefined {
    const text = this.text(name);
    return text === "true" ? true : text === "false" ? false : undefined;
  }

  /** A list or a set of texts. */
  texts(name: string): string[] {
    return list(this.values[name]).map(scalar);
  }

  map(name: string): Readonly<Record<string, string>> {
    const value = this.values[name];
    return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, scalar(item)])) : {};
  }

  /** The blocks of a name, or the elements of a list of objects. */
  blocks(name: string): Attributes[] {
    return list(this.values[name])
      .filter(isObject)
      .map((block) => new Attributes(block));
  }

  /** How a message shows it: `read_only = false`, or `no read_only`. */
  shown(name: string): string {
    return this.has(name) && this.text(name) !== "" ? `${name} = ${this.text(name)}` : `no ${name}`;
  }
}

/** In its JSON configuration Terraform takes the `${` of a literal text doubled. */
const scalar = (value: unknown): string =>
  typeof value === "string"
    ? value.replace(/([$%])\1\{/g, "$1{")
    : typeof value === "number" || typeof value === "boolean"
      ? String(value)
      : "";

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]);
