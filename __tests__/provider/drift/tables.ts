import type { DriftTable } from "./case";
import { CONTAINER } from "./container-table";

/** The drift of every resource that has a table. */
export const TABLES: readonly DriftTable[] = [CONTAINER];
