import type { LogDriver } from "./logs/log-driver";
import type { Resources } from "./resources/resources";

/** What every noun with a container takes alike. */
export interface RuntimeOptions {
  /** Where its output goes. @default - as the stack's defaults say: `json-file`, 3 files of 10 MiB */
  readonly log?: LogDriver;
  /** Further bounds and shares of the host. @default - those of the engine */
  readonly resources?: Resources;
}

/** Those of a noun's props. */
export function runtimeOptions({ log, resources }: RuntimeOptions): RuntimeOptions {
  return { ...(log === undefined ? {} : { log }), ...(resources === undefined ? {} : { resources }) };
}
