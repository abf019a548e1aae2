/** A resource's part of `terraform show -json`. */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
  };
}

export interface PlanFile {
  readonly resource_changes?: readonly ResourceChange[];
  readonly resource_drift?: readonly ResourceChange[];
  readonly errored?: boolean;
}

/** What a plan would do, by address without cdktf's hash: `create`, `update`, `delete`, `create/delete`, `delete/create`; nothing for what stays. */
export function changes(plan: PlanFile): Record<string, string> {
  const changing = (plan.resource_changes ?? []).filter(({ change }) => !["no-op", "read"].includes(change.actions.join("/")));
  return Object.fromEntries(changing.map(({ address, change }) => [withoutHash(address), change.actions.join("/")]));
}

/** `docker_container.Database_B269D8BB` is `docker_container.Database`. */
export function withoutHash(address: string): string {
  return address.replace(/_[0-9A-F]{8}$/, "");
}
