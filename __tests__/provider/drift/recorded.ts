import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Block } from "../../../provider/schema";
import { isObject, type ObjectValue, type Value } from "../../../provider/value";

const GOLDEN = join(__dirname, "../../stacks/golden");

interface Recorded {
  readonly resource: { readonly [type: string]: { readonly [name: string]: ObjectValue } };
}

/** Paths of the attributes that an object sets: `memory`, `ports.internal`. What is Terraform's own is left out. */
export function pathsSet(object: ObjectValue, schema: Block, at = ""): string[] {
  return Object.entries(object).flatMap(([name, value]) => {
    const inner = schema.blocks?.[name];
    if (inner) return elementsOf(value).flatMap((element) => pathsSet(element, inner, `${at}${name}.`));
    return schema.attributes[name] ? [at + name] : [];
  });
}

function elementsOf(value: Value): ObjectValue[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject);
}

/** Paths that the guestbook's containers, networks and so on set in its recorded Terraform JSON. */
export function recordedPaths(type: string, schema: Block): string[] {
  const files = readdirSync(GOLDEN).filter((name) => name.endsWith(".embedded.json"));
  const stacks = files.map((name) => JSON.parse(readFileSync(join(GOLDEN, name), "utf8")) as Recorded);
  const objects = stacks.flatMap(({ resource }) => Object.values(resource[type] ?? {}));
  return [...new Set(objects.flatMap((object) => pathsSet(object, schema)))].sort();
}
