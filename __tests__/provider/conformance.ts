import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { TerraformProject, type Plan, type PlannedChange, type StateResource } from "./terraform";
import { storesManifests, testEngine } from "./test-engine";

const FIXTURES = resolve(__dirname, "../fixtures/conformance");

type Values = Readonly<Record<string, unknown>>;

interface RecordedChange {
  readonly address: string;
  readonly actions: readonly string[];
  readonly after: Values | null;
  readonly after_unknown: Values;
  readonly replace_paths: readonly string[];
}

interface RecordedStep {
  readonly plan: { readonly changes: readonly RecordedChange[] };
  readonly apply: "ok" | readonly string[];
  readonly state: readonly {
    readonly address: string;
    readonly attributes: Values;
    readonly schema_version: number;
    readonly status: string | null;
  }[];
  readonly again: { readonly exit: number };
}

/** What the public provider did with a configuration. */
export interface Recording {
  readonly steps: readonly RecordedStep[];
  readonly destroy: string;
}

export function recording(name: string): Recording {
  return JSON.parse(readFileSync(join(FIXTURES, "recorded", `${name}.json`), "utf8")) as Recording;
}

/** The configuration of one step of a case. */
export function caseStep(name: string, step: number): string {
  return readFileSync(join(FIXTURES, "cases", name, `${step}.tf`), "utf8");
}

/** A project with the first step of a case and its files. */
export async function caseProject(name: string): Promise<TerraformProject> {
  const project = await TerraformProject.create(caseStep(name, 1));
  const directory = join(FIXTURES, "cases", name);
  for (const entry of readdirSync(directory))
    if (!entry.endsWith(".tf")) cpSync(join(directory, entry), join(project.directory, entry), { recursive: true });
  return project;
}

/** Plans, applies and plans again each step; returns every difference from the recording, none when it conforms. */
export async function differences(name: string): Promise<string[]> {
  const { steps } = recording(name);
  const expected = await engineDifferences();
  const project = await caseProject(name);
  try {
    const found: string[] = [];
    for (const [index, step] of steps.entries()) {
      if (existsSync(join(FIXTURES, "cases", name, `${index + 1}.tf`))) project.write(caseStep(name, index + 1));
      found.push(...(await stepDifferences(project, step)).map((line) => `step ${index + 1}: ${line}`));
    }
    const destroyed = await project.destroy();
    const unexpected = found.filter((line) => !expected.test(line));
    return destroyed.exitCode === 0 ? unexpected : [...unexpected, `destroy: ${destroyed.output}`];
  } finally {
    await project.close();
  }
}

/** What the engine of the recordings, with the classic image store, had in another way: no digest of an image without a registry. */
async function engineDifferences(): Promise<RegExp> {
  const engine = testEngine();
  const digest = /^step \d+: (state|plan) of (data\.)?docker_image\.\w+: repo_digest is "[\w-]+@sha256:[0-9a-f]{64}", recorded ""$/;
  const isManifest = await storesManifests(engine);
  await engine.close();
  return isManifest ? digest : /^$/;
}

async function stepDifferences(project: TerraformProject, step: RecordedStep): Promise<string[]> {
  const plan = await project.plan();
  const found = planDifferences(plan, step);
  const run = await project.applyPlan();
  if ((run.exitCode === 0) !== (step.apply === "ok")) found.push(`apply: ${run.output}`);
  const state = await project.state();
  for (const recorded of step.state) found.push(...stateDifferences(state, recorded));
  const again = await project.check();
  if (again.exitCode !== step.again.exit) found.push(`again: exit ${again.exitCode}, recorded ${step.again.exit}: ${again.output}`);
  return found;
}

function planDifferences(plan: Plan, step: RecordedStep): string[] {
  const [actual, recorded] = [plan.changes.map(({ address }) => address).sort(), step.plan.changes.map(({ address }) => address).sort()];
  if (JSON.stringify(actual) !== JSON.stringify(recorded))
    return [`plan: changes ${actual.join()}, recorded ${recorded.join()}: ${plan.output}`];
  return step.plan.changes.flatMap((change) => {
    const ours = plan.changes.find(({ address }) => address === change.address);
    return ours ? changeDifferences(ours, change) : [];
  });
}

function changeDifferences(ours: PlannedChange, recorded: RecordedChange): string[] {
  const at = `plan of ${recorded.address}`;
  const found =
    ours.actions.join() === recorded.actions.join() ? [] : [`${at}: ${ours.actions.join()}, recorded ${recorded.actions.join()}`];
  const paths = [...new Set((ours.replace_paths ?? []).map((path) => `['${path[0] ?? ""}']`))].sort();
  if (paths.join() !== [...recorded.replace_paths].sort().join())
    found.push(`${at}: replaced by ${paths.join()}, recorded ${recorded.replace_paths.join()}`);
  found.push(...valueDifferences(ours.after ?? {}, recorded.after ?? {}, at));
  const unknown = (values: Values): string =>
    Object.keys(values)
      .filter((name) => values[name] === true)
      .sort()
      .join();
  if (unknown(ours.after_unknown) !== unknown(recorded.after_unknown))
    found.push(`${at}: unknown ${unknown(ours.after_unknown)}, recorded ${unknown(recorded.after_unknown)}`);
  return found;
}

function stateDifferences(state: readonly StateResource[], recorded: RecordedStep["state"][number]): string[] {
  // The recorded address of an instance lacks its key.
  const ours = state.find(
    ({ address, values }) => address.replace(/\[.*/, "") === recorded.address && same(values["name"], recorded.attributes["name"]),
  );
  if (!ours) return [`state: ${recorded.address} is missing`];
  const found =
    ours.schema_version === recorded.schema_version ? [] : [`state of ${recorded.address}: schema version ${ours.schema_version}`];
  if ((ours.tainted ?? false) !== (recorded.status === "tainted"))
    found.push(`state of ${recorded.address}: tainted ${String(ours.tainted)}`);
  return [...found, ...valueDifferences(ours.values, recorded.attributes, `state of ${recorded.address}`)];
}

function valueDifferences(ours: Values, recorded: Values, at: string): string[] {
  const names = new Set([...Object.keys(ours), ...Object.keys(recorded)]);
  return [...names]
    .filter((name) => !same(ours[name], recorded[name]))
    .map((name) => `${at}: ${name} is ${JSON.stringify(ours[name])}, recorded ${JSON.stringify(recorded[name])}`);
}

/** Equal where "unset" may be null or a zero value, lists of blocks in any order, and `<...>` stands for a daemon's choice. */
export function same(ours: unknown, recorded: unknown): boolean {
  if (isUnset(ours) && isUnset(recorded)) return true;
  if (typeof recorded === "string" && /<\w+>/.test(recorded)) return placeholder(recorded).test(String(ours));
  if (Array.isArray(recorded)) return Array.isArray(ours) && sameItems(ours, recorded);
  if (isRecord(recorded) && isRecord(ours))
    return [...new Set([...Object.keys(ours), ...Object.keys(recorded)])].every((key) => same(ours[key], recorded[key]));
  return ours === recorded;
}

function sameItems(ours: readonly unknown[], recorded: readonly unknown[]): boolean {
  const open = [...ours];
  const matched = recorded.every((item) => {
    const index = open.findIndex((candidate) => same(candidate, item));
    return index >= 0 && open.splice(index, 1).length === 1;
  });
  return matched && open.length === 0;
}

const PLACEHOLDERS: Readonly<Record<string, string>> = {
  hex64: "[0-9a-f]{64}",
  hex12: "[0-9a-f]{12}",
  prefix: "\\d+",
  ip_address: "[0-9a-f.:]+",
  // Since Docker 28 an internal network has none.
  gateway: "[0-9a-f.:]*",
  mac_address: "[0-9a-f:]+",
};

function placeholder(text: string): RegExp {
  return new RegExp(
    `^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/<(\w+)>/g, (_, name: string) => PLACEHOLDERS[name] ?? "[\\s\\S]+")}$`,
  );
}

function isUnset(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === 0) return true;
  return Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0;
}

function isRecord(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
