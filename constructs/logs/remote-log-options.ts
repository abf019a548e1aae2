import type { LogDelivery } from "./log-delivery";
import { files, metadata, type LogFiles, type LogMetadata, type LogOptions } from "./log-options";

/** What a driver that sends lines away has to be told. */
export interface RemoteOptions {
  /** What happens when the receiver is slower than the container, or away. */
  readonly delivery: LogDelivery;
  /** How much stays on the host for `docker logs`. @default - 3 files of 10 MiB */
  readonly hostCopy?: LogFiles | "none";
}

/** {@link RemoteOptions} of a driver that adds what is known of the container. */
export interface RemoteLogOptions extends RemoteOptions, LogMetadata {}

/** What is common to all that send lines away. */
export function remote(options: RemoteLogOptions): LogOptions {
  return { ...options.delivery.options, ...metadata(options), ...cache(options.hostCopy ?? {}) };
}

/** The engine compresses rotated files, and newer ones refuse to where nothing is rotated. */
function cache(hostCopy: LogFiles | "none"): LogOptions {
  if (hostCopy === "none") return { "cache-disabled": "true" };
  return { ...files(hostCopy, "cache-"), ...(hostCopy.maxFiles === 1 ? { "cache-compress": "false" } : {}) };
}
