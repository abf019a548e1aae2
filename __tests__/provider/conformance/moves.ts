import { caseProject, caseStep } from "./recording";
import { moveTo, privateBytes, storeAsPublic, storedDifferences } from "./stored-state";
import type { TerraformProject } from "../terraform";

const EMPTY = { exitCode: 0, changes: [] };

/**
 * Moves a state of ours to the public provider's address, a state as the public provider has stored it to ours, and that back again.
 * In between an update in place and its return, where the case has one: what to exchange in its configuration. Returns what is not stored as the
 * public provider has stored it.
 */
export async function moveBothWays(name: string, update?: readonly [from: string, to: string]): Promise<string[]> {
  const project = await caseProject(name);
  try {
    await project.mustApply();
    const fresh = await goBack(project, name);
    storeAsPublic(project, name);
    const bytes = privateBytes(project);
    expect(bytes.filter(([, text]) => text === undefined)).toEqual([]);
    await takeOver(project);
    if (update) {
      await updateInPlace(project, caseStep(name, 1).replaceAll(...update));
      expect(privateBytes(project)).toEqual(bytes);
      await updateInPlace(project, caseStep(name, 1));
    }
    const back = await goBack(project, name);
    expect(privateBytes(project)).toEqual(bytes);
    return [...fresh, ...back];
  } finally {
    // Only ours is there to destroy.
    await moveTo(project, "ours");
    await project.close();
  }
}

async function goBack(project: TerraformProject, name: string): Promise<string[]> {
  expect(await moveTo(project, "public")).toMatchObject({ exitCode: 0 });
  return storedDifferences(project, name);
}

async function takeOver(project: TerraformProject): Promise<void> {
  expect(await moveTo(project, "ours")).toMatchObject({ exitCode: 0 });
  expect(await project.plan()).toMatchObject(EMPTY);
  expect(await project.apply("-refresh-only")).toMatchObject({ exitCode: 0 });
  expect(await project.plan()).toMatchObject(EMPTY);
}

async function updateInPlace(project: TerraformProject, configuration: string): Promise<void> {
  project.write(configuration);
  const { changes } = await project.plan();
  expect(changes.length).toBeGreaterThan(0);
  expect(new Set(changes.flatMap(({ actions }) => actions))).toEqual(new Set(["update"]));
  expect(await project.applyPlan()).toMatchObject({ exitCode: 0 });
}
