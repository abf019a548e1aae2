import type { IConstruct } from "constructs";
import { ConstructError } from "../errors";

/** A cap on how much a directory holds. */
export interface Quota {
  /**
   * How many MiB may lie there at most: a whole number of 1 to 1073741824. What would go beyond it fails to be written, as on a full disk.
   *
   * @default - as much as the file system holds
   */
  readonly quotaMiB?: number;
}

const MOST_MIB = 2 ** 30;

/** @throws ConstructError `STORAGE_QUOTA` for what is no whole number of 1 to 1073741824 */
export function requireQuota({ quotaMiB }: Quota, scope: IConstruct): void {
  if (quotaMiB === undefined || (Number.isInteger(quotaMiB) && quotaMiB >= 1 && quotaMiB <= MOST_MIB)) return;
  const must = `quotaMiB must be a whole number of 1 to ${String(MOST_MIB)}, got ${String(quotaMiB)}`;
  throw new ConstructError("STORAGE_QUOTA", `${must}; use 10240`, scope);
}
