import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { TerraformProject } from "../terraform";
import type { Values } from "./values";

const FIXTURES = resolve(__dirname, "../../fixtures/conformance");

export interface RecordedChange {
  readonly address: string;
  readonly actions: readonly string[];
  readonly after: Values | null;
  readonly after_unknown: Values;
  readonly replace_paths: readonly string[];
}

export interface RecordedPlan {
  readonly changes: readonly RecordedChange[];
  readonly exit: number;
}

/** One resource of a recorded state. The address of an instance lacks its key. */
export interface RecordedResource {
  readonly address: string;
  readonly attributes: Values;
  readonly schema_version: number;
  readonly status: string | null;
}

export interface RecordedStep {
  readonly plan: RecordedPlan;
  readonly apply: "ok" | readonly string[];
  readonly state: readonly RecordedResource[];
  readonly again: RecordedPlan;
}

/** What the public provider did with a configuration. */
export interface Recording {
  readonly steps: readonly RecordedStep[];
  readonly destroy: string;
  /** By address: what an import after the first step gave. */
  readonly import?: Readonly<Record<string, { readonly state: readonly RecordedResource[] }>>;
}

/** The names of all cases. */
export const caseNames = (): string[] => readdirSync(join(FIXTURES, "cases")).sort();

/** The names of all recordings. */
export const recordingNames = (): string[] =>
  readdirSync(join(FIXTURES, "recorded"))
    .map((file) => file.replace(".json", ""))
    .sort();

export function recording(name: string): Recording {
  return JSON.parse(readFileSync(join(FIXTURES, "recorded", `${name}.json`), "utf8")) as Recording;
}

const caseFile = (name: string, file: string): string => join(FIXTURES, "cases", name, file);

/** The configuration of one step of a case. */
export const caseStep = (name: string, step: number): string => readFileSync(caseFile(name, `${step}.tf`), "utf8");

/** What is imported after the first step of a case: an address, and the attribute whose value is the import id. */
export function caseImports(name: string): readonly { readonly address: string; readonly attribute: string }[] {
  const file = caseFile(name, "import.txt");
  const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  return lines.map((line) => line.split(" ")).map(([address = "", attribute = ""]) => ({ address, attribute }));
}

/** A project with the first step of a case and its files. */
export async function caseProject(name: string): Promise<TerraformProject> {
  const project = await TerraformProject.create(caseStep(name, 1));
  const directory = join(FIXTURES, "cases", name);
  for (const entry of readdirSync(directory))
    if (!entry.endsWith(".tf")) cpSync(join(directory, entry), join(project.directory, entry), { recursive: true });
  return project;
}
