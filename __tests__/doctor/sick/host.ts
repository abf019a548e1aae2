import type { Fault } from "../../../doctor/check";
import type { Reading } from "../../../doctor/reading";

/** A check, what is wrong with a host, and what the check has to say of it. */
export type SickHost = readonly [id: string, what: string, reading: Reading, faults: readonly Fault[]];
