import { emptyBlockValue } from "../../provider/conform";
import type { Attribute, Block } from "../../provider/schema";
import type { Value } from "../../provider/value";

/** How much of a schema is given a value: all of it, or what has to be there. */
export type Extent = "all" | "required";

/** What attributes of a name hold. */
export type Texts = Readonly<Record<string, string>>;

const TRUE = ["disable_docker_daemon_check", "start", "wait"];

/** Something in every attribute and block, so that there is something to damage. */
export function filled(block: Block, texts: Texts, extent: Extent = "all"): Record<string, Value> {
  const values: Record<string, Value> = { ...emptyBlockValue(block) };
  for (const [name, attribute] of Object.entries(block.attributes))
    if (extent === "all" || attribute.required || name === "id" || TRUE.includes(name)) values[name] = content(name, attribute, texts);
  for (const [name, nested] of Object.entries(block.blocks ?? {})) {
    if (extent === "required" && !nested.min) continue;
    values[name] = nested.nesting === "single" ? filled(nested, texts, extent) : [filled(nested, texts, extent)];
  }
  return values;
}

function content(name: string, { type }: Attribute, texts: Texts): Value {
  if (type === "string") return texts[name] ?? "a";
  if (type === "number") return 7;
  if (type === "bool") return TRUE.includes(name);
  return type[0] === "map" ? { key: "value" } : [];
}
