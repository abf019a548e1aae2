import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { projectName } from "./project";

/** Labels by which an object on the host is known as ours. */
export const LABEL = {
  project: "docker-tiers.project",
  stack: "docker-tiers.stack",
  path: "docker-tiers.path",
  config: "docker-tiers.config",
  keep: "docker-tiers.keep",
  replace: "docker-tiers.replace",
} as const;

/** The identity of a construct's object: its project, its stack and its path in it, without the hash of its configuration. */
export function identityLabels(construct: IConstruct): Record<string, string> {
  return {
    [LABEL.project]: projectName(construct),
    [LABEL.stack]: TerraformStack.of(construct).node.id,
    [LABEL.path]: construct.node.path,
  };
}

/** Labels as the provider's `labels` blocks, sorted by name. */
export function labelBlocks(labels: Readonly<Record<string, string>>): { label: string; value: string }[] {
  return Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => ({ label, value }));
}
