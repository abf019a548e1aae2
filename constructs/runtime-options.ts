import type { LogDriver } from "./logs/log-driver";

/** What every noun with a container takes alike. */
export interface RuntimeOptions {
  /** Where its output goes. @default - as the stack's defaults say: `json-file`, 3 files of 10 MiB */
  readonly log?: LogDriver;
}

/** Those of a noun's props. */
export function runtimeOptions({ log }: RuntimeOptions): RuntimeOptions {
  return { ...(log === undefined ? {} : { log }) };
}
