import { isDeepStrictEqual } from "node:util";
import { blocks, text, type ObjectValue } from "./value";

/** Labels by which an object is recognised as ours. */
export const PROJECT_LABEL = "docker-tiers.project";
export const STACK_LABEL = "docker-tiers.stack";
export const PATH_LABEL = "docker-tiers.path";
export const CONFIG_LABEL = "docker-tiers.config";
/** A volume with this label set to `true` is never removed. */
export const KEEP_LABEL = "docker-tiers.keep";
/** A container with this label set to `within-update` is replaced after what it depends on. */
export const REPLACE_LABEL = "docker-tiers.replace";

export type Labels = Readonly<Record<string, string>>;

/** The labels of a planned state or configuration as the daemon takes them. */
export function labelsOf(state: ObjectValue): Record<string, string> {
  return Object.fromEntries(blocks(state["labels"]).map((label) => [text(label["label"]) ?? "", text(label["value"]) ?? ""]));
}

/** The daemon's labels as sorted blocks. */
export function labelBlocks(labels: Labels | null | undefined): ObjectValue[] {
  const names = Object.keys(labels ?? {}).sort();
  return names.map((label) => ({ label, value: labels?.[label] ?? "" }));
}

/**
 * True when both carry the same project, stack and construct path: the same construct made them. An object without a project is of a time
 * before there were any, and may be anybody's with that stack and path: whoever takes it says so.
 */
export function sameIdentity(wanted: Labels, existing: Labels | null | undefined): boolean {
  const stack = wanted[STACK_LABEL];
  const path = wanted[PATH_LABEL];
  if (!stack || !path) return false;
  const project = existing?.[PROJECT_LABEL];
  return existing?.[STACK_LABEL] === stack && existing[PATH_LABEL] === path && (!project || project === wanted[PROJECT_LABEL]);
}

/** True when nothing but the project differs. */
export function sameButProject(one: Labels, other: Labels): boolean {
  return isDeepStrictEqual({ ...one, [PROJECT_LABEL]: "" }, { ...other, [PROJECT_LABEL]: "" });
}

/** Whose an object is: `of project shop, stack dev, dev/Shop/Database`. */
export function ownerOf(labels: Labels | null | undefined): string {
  const { [PROJECT_LABEL]: project, [STACK_LABEL]: stack, [PATH_LABEL]: path } = labels ?? {};
  const place = [...(stack ? [`stack ${stack}`] : []), ...(path ? [path] : [])];
  if (project) return `of ${[`project ${project}`, ...place].join(", ")}`;
  return stack ? `of ${place.join(", ")} (without a project)` : "(not made by docker-tiers)";
}

/** True when both carry the same configuration hash. */
export function sameConfiguration(wanted: Labels, existing: Labels | null | undefined): boolean {
  return wanted[CONFIG_LABEL] !== undefined && wanted[CONFIG_LABEL] === existing?.[CONFIG_LABEL];
}
