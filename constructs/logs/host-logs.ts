import { ConstructError } from "../errors";
import { LogDelivery } from "./log-delivery";
import { files, given, metadata, type LogFiles, type LogMetadata, type LogOptions } from "./log-options";

/** Files of JSON lines on the host. */
export interface JsonFileOptions extends LogFiles, LogMetadata {
  /** Whether rotated files are compressed. @default false */
  readonly compress?: boolean;
  /** @default - blocking: the disk takes every line */
  readonly delivery?: LogDelivery;
}

/** Files of a compact form on the host. */
export interface LocalLogOptions extends LogFiles {
  /** Whether rotated files are compressed. @default - true where more than one file is kept */
  readonly compress?: boolean;
  /** @default - blocking: the disk takes every line */
  readonly delivery?: LogDelivery;
}

/** The journal of the host, whose configuration decides what is kept. */
export interface JournaldOptions extends LogMetadata {
  /** @default - blocking: the journal takes every line */
  readonly delivery?: LogDelivery;
}

/** Source: https://docs.docker.com/engine/logging/drivers/json-file/ */
export function jsonFile({ compress, delivery = LogDelivery.blocking(), ...rest }: JsonFileOptions): LogOptions {
  requireRotation(compress, rest);
  return { ...files(rest), ...delivery.options, ...metadata(rest), ...given({ compress }) };
}

/** Source: https://docs.docker.com/engine/logging/drivers/local/ */
export function local({ compress, delivery = LogDelivery.blocking(), ...rest }: LocalLogOptions): LogOptions {
  requireRotation(compress, rest);
  return { ...files(rest), ...delivery.options, compress: String(compress ?? rest.maxFiles !== 1) };
}

function requireRotation(compress: boolean | undefined, { maxFiles }: LogFiles): void {
  if (compress !== true || maxFiles !== 1) return;
  const must = "compress must be left out where maxFiles is 1, since rotated files alone are compressed";
  throw new ConstructError("LOG_DRIVER", `${must}, got true; keep 2 files`);
}

/** Source: https://docs.docker.com/engine/logging/drivers/journald/ */
export function journald({ delivery = LogDelivery.blocking(), ...rest }: JournaldOptions): LogOptions {
  return { ...delivery.options, ...metadata(rest) };
}
