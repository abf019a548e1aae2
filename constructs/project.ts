import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { ConstructError } from "./errors";
import { stackDefaults } from "./stack-defaults";

/** What npm takes for the name of a package: it is written into labels as it is. */
const NAME = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/i;
const MAX_LENGTH = 214;

const byStack = new WeakMap<TerraformStack, string>();
const foundFor = new WeakMap<TerraformStack, string | undefined>();

/** True for what can name a project. */
export function isProjectName(text: string): boolean {
  return text.length <= MAX_LENGTH && NAME.test(text);
}

/**
 * The project that a construct's objects belong to: the same in every clone of it, and another in every other project.
 *
 * @throws ConstructError `PROJECT` when it has no name, one that cannot be a label, or another one than before, or when package.json is not JSON
 */
export function projectName(scope: IConstruct): string {
  const stack = TerraformStack.of(scope);
  const name = stackDefaults(scope).project ?? foundName(stack);
  if (name === undefined) {
    const mend = 'give package.json a "name", or set project in setStackDefaults';
    throw new ConstructError("PROJECT", `the project must have a name, got no package.json with one; ${mend}`, stack);
  }
  if (!isProjectName(name)) {
    throw new ConstructError("PROJECT", `project must be like a name of npm, got ${JSON.stringify(name)}; use "shop"`, stack);
  }
  const before = byStack.get(stack) ?? name;
  if (before !== name) {
    const mend = "call setStackDefaults before the first construct";
    throw new ConstructError("PROJECT", `a stack must have one project, got ${before} and then ${name}; ${mend}`, stack);
  }
  byStack.set(stack, name);
  return name;
}

/** Looked for once: every object of a stack asks for it. */
function foundName(stack: TerraformStack): string | undefined {
  if (!foundFor.has(stack)) foundFor.set(stack, packageName(process.cwd(), stack));
  return foundFor.get(stack);
}

/** The nearest name: a package.json without one says how to run a folder, not whose it is. */
function packageName(folder: string, stack: TerraformStack): string | undefined {
  const file = join(folder, "package.json");
  const name = existsSync(file) ? readName(file, stack) : undefined;
  if (typeof name === "string" && name !== "") return name;
  const parent = dirname(folder);
  return parent === folder ? undefined : packageName(parent, stack);
}

function readName(file: string, stack: TerraformStack): unknown {
  try {
    const content: unknown = JSON.parse(readFileSync(file, "utf8"));
    return typeof content === "object" && content !== null && "name" in content ? content.name : undefined;
  } catch (error) {
    const got = error instanceof Error ? error.message : String(error);
    throw new ConstructError("PROJECT", `${file} must be JSON, got ${got}; mend it, or set project in setStackDefaults`, stack);
  }
}
