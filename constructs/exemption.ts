import type { IConstruct } from "constructs";

/** Metadata of a construct that policies take for exceptions. */
export const EXCEPTION = "docker-tiers:exception";

export interface Exemption {
  /** Id of the rule. */
  readonly rule: string;
  readonly because: string;
  /** A word of what the rule got: others stay findings. */
  readonly about: string;
}

/** Lets a construct break a rule in one point, where its own props give the reason. */
export function exempt(on: IConstruct, { rule, because, about }: Exemption): void {
  on.node.addMetadata(EXCEPTION, { rule, on: on.node.path, because, about, optional: true });
}
