/** Something that a rule forbids and that was allowed with a reason. */
export interface Exception {
  /** Id of the rule. */
  readonly rule: string;
  /** Path of the construct that it holds for, with everything below it. */
  readonly on: string;
  readonly because: string;
  /** Not reported where nothing needs it. */
  readonly optional: boolean;
}

/** Whether an exception holds for a path; one on a stack holds for what concerns the whole stack too. */
export function covers({ on }: Exception, path: string): boolean {
  return on === "" || path === on || path.startsWith(`${on}/`);
}
