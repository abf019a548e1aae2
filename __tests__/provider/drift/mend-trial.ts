import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ContainerInspect } from "../../../provider/resources/container-api";
import { CONTAINER_SCHEMA } from "../../../provider/resources/container-schema";
import type { ObjectValue } from "../../../provider/value";
import type { TerraformProject } from "../terraform";
import { groupsOf, type SeenEntry } from "./case";
import { ContainerSubject, engine } from "./container-subject";
import { idOf, type Stored } from "./protocol";
import { changed, replaces } from "./schema-paths";

/** What became of the drift of one attribute. */
export interface Mend {
  /** Whether the engine had another value before the plan. */
  readonly isDrifted: boolean;
  /** Whether the plan names it. */
  readonly isShown: boolean;
  /** What the plan does about it. */
  readonly actions: readonly string[];
  /** Whether the engine has the first value after one apply. */
  readonly isMended: boolean;
  /** Exit code of the plan after that: 0 is "no changes". */
  readonly planned: number;
}

/** A configuration of one container. */
export function writeContainer(project: TerraformProject, configuration: ObjectValue): void {
  const json = { resource: { docker_container: { c: configuration } } };
  writeFileSync(join(project.directory, "container.tf.json"), JSON.stringify(json));
}

/** Paths that a plan changes, and what it does about them. */
export async function planned(
  project: TerraformProject,
): Promise<{ readonly paths: readonly string[]; readonly actions: readonly string[] }> {
  const [change] = (await project.plan()).changes;
  const { before, after, actions = [] } = change ?? {};
  return { paths: changed((before ?? {}) as ObjectValue, (after ?? {}) as ObjectValue, CONTAINER_SCHEMA), actions };
}

export const isInPlace = ([path, { mended }]: SeenEntry): boolean =>
  (mended ?? (replaces(CONTAINER_SCHEMA, path) ? "" : "in place")) === "in place";

/** Those that replace the container apart from those that do not, since a new one mends everything. */
export const mendGroups = (entries: readonly SeenEntry[]): SeenEntry[][] => [
  ...groupsOf(entries.filter(isInPlace)),
  ...groupsOf(entries.filter((entry) => !isInPlace(entry))),
];

/** Puts another container in the place of an applied one, plans, applies once, and plans again. */
export async function mend(project: TerraformProject, group: readonly SeenEntry[]): Promise<ReadonlyMap<string, Mend>> {
  const first = await inspect(project);
  await exchange(project, first, group);
  const drifted = await inspect(project);
  const { paths, actions } = await planned(project);
  const { exitCode, output } = await project.applyPlan();
  if (exitCode !== 0) throw new Error(output);
  const last = await inspect(project);
  const again = (await project.check()).exitCode;
  const mends = group.map(([path, { place }]): [string, Mend] => {
    const isDrifted = valueAt(drifted, place) !== valueAt(first, place);
    const isShown = paths.some((shown) => shown === path || path.startsWith(`${shown}.`));
    return [path, { isDrifted, isShown, actions, isMended: valueAt(last, place) === valueAt(first, place), planned: again }];
  });
  return new Map(mends);
}

/** Another container, which runs if it can: one of another image has no program. */
async function exchange(project: TerraformProject, first: ContainerInspect, group: readonly SeenEntry[]): Promise<void> {
  const stored = await storedIn(project);
  const cases = group.map(([, seen]) => seen);
  const id = idOf(await new ContainerSubject(first).change(stored, cases));
  await engine.post(`/containers/${id}/start`).catch(() => undefined);
  project.rename(first.Id, id);
}

/** The container that the state speaks of. */
async function inspect(project: TerraformProject): Promise<ContainerInspect> {
  return engine.get<ContainerInspect>(`/containers/${idOf(await storedIn(project))}/json`);
}

async function storedIn(project: TerraformProject): Promise<Stored> {
  return { values: (await project.values("docker_container.c")) as ObjectValue, private: new Uint8Array() };
}

/** As JSON, without the short ids that the engine adds to aliases. */
function valueAt(inspected: ContainerInspect, place: string): string {
  const value = place.split(".").reduce<unknown>((at, step) => (at as Record<string, unknown> | null | undefined)?.[step], inspected);
  const isName = (element: unknown): boolean => typeof element !== "string" || !/^[0-9a-f]{12}$/.test(element);
  return JSON.stringify(value ?? null, (_key, inner: unknown) => (Array.isArray(inner) ? inner.filter(isName) : inner));
}
