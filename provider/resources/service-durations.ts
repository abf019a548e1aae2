import { text, type Value } from "../value";
import { formatDuration, parseDuration } from "./duration";

/** Nanoseconds of a duration, or undefined where none is set. */
export function nanoseconds(duration: Value | undefined): number | undefined {
  const given = text(duration);
  return given ? parseDuration(given) : undefined;
}

/** A duration as the state has it, `null` where the engine has none. */
export function durationText(length: number | null | undefined): string | null {
  return length === undefined || length === null ? null : formatDuration(length);
}
