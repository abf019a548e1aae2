import type { AttributePath, Diagnostic } from "./diagnostic";
import type { Block } from "./schema";
import { blocks, hasUnknown, isObject, isZero, type ObjectValue, type Value } from "./value";

/** Faults of a configuration by the rules of its schema that Terraform does not check itself. */
export function validateBlock(config: ObjectValue, block: Block, path: AttributePath = []): Diagnostic[] {
  return [...attributeFaults(config, block, path), ...conflicts(config, block, path), ...nestedFaults(config, block, path)];
}

function attributeFaults(config: ObjectValue, block: Block, path: AttributePath): Diagnostic[] {
  return Object.entries(block.attributes).flatMap(([name, attribute]) => {
    const value = config[name] ?? null;
    const fault = value === null || hasUnknown(value) ? undefined : attribute.validate?.(value);
    return fault === undefined
      ? []
      : [{ severity: "error" as const, summary: `Invalid ${name}`, detail: `${name} ${fault}`, path: [...path, name] }];
  });
}

function conflicts(config: ObjectValue, block: Block, path: AttributePath): Diagnostic[] {
  const rules = [...Object.entries(block.attributes), ...Object.entries(block.blocks ?? {})];
  return rules.flatMap(([name, { conflictsWith = [] }]) => {
    if (!isSet(config[name])) return [];
    return conflictsWith.filter((other) => isSet(config[other])).map((other) => conflict(name, other, path));
  });
}

function conflict(name: string, other: string, path: AttributePath): Diagnostic {
  return {
    severity: "error",
    summary: "Conflicting settings",
    detail: `${name} must not be set together with ${other}; remove one of them`,
    path: [...path, name],
  };
}

function isSet(value: Value | undefined): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && isZero(value));
}

function nestedFaults(config: ObjectValue, block: Block, path: AttributePath): Diagnostic[] {
  return Object.entries(block.blocks ?? {}).flatMap(([name, nested]) => {
    const value = config[name] ?? null;
    if (isObject(value)) return validateBlock(value, nested, [...path, name]);
    // The elements of a set have no index that Terraform could show.
    return blocks(value).flatMap((item, index) =>
      validateBlock(item, nested, nested.nesting === "list" ? [...path, name, index] : [...path, name]),
    );
  });
}
