import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan, PlannedChange, StateResource, TerraformProject } from "../terraform";
import { storesManifests, testEngine } from "../test-engine";
import { caseImports, caseProject, caseStep, recording } from "./recording";
import type { RecordedChange, RecordedPlan, RecordedResource, RecordedStep } from "./recording";
import { same, valueDifferences, type Values } from "./values";

/** Plans, applies, imports and plans again each step; returns every difference from the recording, none when it conforms. */
export async function differences(name: string): Promise<string[]> {
  const expected = await engineDifferences();
  const project = await caseProject(name);
  try {
    const found: string[] = [];
    for (const [index, step] of recording(name).steps.entries()) {
      project.write(caseStep(name, index + 1));
      found.push(...(await stepDifferences(project, step)).map((line) => `step ${index + 1}: ${line}`));
      if (index === 0) found.push(...(await importDifferences(project, name)));
    }
    const destroyed = await project.destroy();
    const unexpected = found.filter((line) => !expected.test(line));
    return destroyed.exitCode === 0 ? unexpected : [...unexpected, `destroy: ${destroyed.output}`];
  } finally {
    await project.close();
  }
}

/** What the engine of the recordings, with the classic image store, had in another way: no digest of an image without a registry. */
export async function engineDifferences(): Promise<RegExp> {
  const engine = testEngine();
  const digest = /^(step \d+: (state|plan) of )?(data\.)?docker_image\.\w+: repo_digest is "[\w-]+@sha256:[0-9a-f]{64}", recorded ""$/;
  const isManifest = await storesManifests(engine);
  await engine.close();
  return isManifest ? digest : /^$/;
}

async function stepDifferences(project: TerraformProject, step: RecordedStep): Promise<string[]> {
  const found = planDifferences(await project.plan(), step.plan);
  const run = await project.applyPlan();
  if ((run.exitCode === 0) !== (step.apply === "ok")) found.push(`apply: ${run.output}`);
  const state = await project.state();
  for (const recorded of step.state) found.push(...stateDifferences(state, recorded));
  const again = await project.plan();
  if (again.exitCode !== step.again.exit) return [...found, `again: exit ${again.exitCode}, recorded ${step.again.exit}: ${again.output}`];
  return [...found, ...planDifferences(again, step.again).map((line) => `again: ${line}`)];
}

/** What an import changes is of no concern to the steps that follow. */
async function importDifferences(project: TerraformProject, name: string): Promise<string[]> {
  const file = join(project.directory, "terraform.tfstate");
  const before = readFileSync(file);
  try {
    return await importsDifferences(project, name);
  } finally {
    writeFileSync(file, before);
  }
}

/** Imports what the case says: the state is as recorded. The plan is empty, also where the public provider's was not. */
async function importsDifferences(project: TerraformProject, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const { address, attribute } of caseImports(name)) {
    const held = (await project.state()).find((resource) => resource.address === address);
    // An apply that has failed is told already.
    if (!held) return found;
    const id = String(held.values[attribute]);
    await project.forget(address);
    const run = await project.import(address, id);
    if (run.exitCode !== 0) return [...found, `import: ${run.output}`];
    const [state, recorded] = [await project.state(), recording(name).import?.[address]?.state ?? []];
    if (recorded.length === 0) found.push(`import of ${address}: no state is recorded`);
    for (const resource of recorded) found.push(...stateDifferences(state, resource).map((line) => `import: ${line}`));
    const plan = await project.plan();
    if (plan.exitCode !== 0) found.push(`import: exit ${plan.exitCode}, must be 0: ${plan.output}`);
  }
  return found;
}

function planDifferences(plan: Plan, recordedPlan: RecordedPlan): string[] {
  const [actual, recorded] = [plan.changes.map(({ address }) => address).sort(), recordedPlan.changes.map(({ address }) => address).sort()];
  if (JSON.stringify(actual) !== JSON.stringify(recorded))
    return [`plan: changes ${actual.join()}, recorded ${recorded.join()}: ${plan.output}`];
  return recordedPlan.changes.flatMap((change) => {
    const ours = plan.changes.find(({ address }) => address === change.address);
    return ours ? changeDifferences(ours, change) : [];
  });
}

function changeDifferences(ours: PlannedChange, recorded: RecordedChange): string[] {
  const at = `plan of ${recorded.address}`;
  if (ours.actions.join() !== recorded.actions.join()) return [`${at}: ${ours.actions.join()}, recorded ${recorded.actions.join()}`];
  const found: string[] = [];
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

function stateDifferences(state: readonly StateResource[], recorded: RecordedResource): string[] {
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
