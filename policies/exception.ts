/** Something that a rule forbids and that was allowed with a reason. */
export interface Exception {
  /** Id of the rule. */
  readonly rule: string;
  /** Path of the construct that it holds for, with everything below it. */
  readonly on: string;
  readonly because: string;
  /** Not reported where nothing needs it. */
  readonly optional: boolean;
  /** A word of what the rule got. @default - whatever it got */
  readonly about?: string;
}

/** Whether an exception holds for what a rule got at a path; one on a stack holds for what concerns the whole stack too. */
export function covers({ on, about }: Exception, path: string, got: string): boolean {
  const here = on === "" || path === on || path.startsWith(`${on}/`);
  return here && (about === undefined || got.split(" ").includes(about));
}
