const NANOSECONDS: { readonly [unit: string]: number } = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

const PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/y;

/** Nanoseconds of a Go duration (`1m30s`, `500ms`, `0`), or undefined when it is none. */
export function parseDuration(duration: string): number | undefined {
  if (duration === "0" || duration === "") return 0;
  let total = 0;
  PART.lastIndex = 0;
  while (PART.lastIndex < duration.length) {
    const [, amount, unit] = PART.exec(duration) ?? [];
    if (amount === undefined || unit === undefined) return undefined;
    total += Number(amount) * (NANOSECONDS[unit] ?? NaN);
  }
  return Math.round(total);
}

/** Nanoseconds as Go prints them: `1m30s`, `1.5s`, `500ms`, `0s`. */
export function formatDuration(nanoseconds: number): string {
  if (nanoseconds === 0) return "0s";
  if (nanoseconds < 1e3) return `${nanoseconds}ns`;
  if (nanoseconds < 1e6) return `${nanoseconds / 1e3}µs`;
  if (nanoseconds < 1e9) return `${nanoseconds / 1e6}ms`;
  const hours = Math.floor(nanoseconds / 3600e9);
  const minutes = Math.floor((nanoseconds % 3600e9) / 60e9);
  const seconds = (nanoseconds % 60e9) / 1e9;
  if (hours > 0) return `${hours}h${minutes}m${seconds}s`;
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}

/** True when both are the same length of time, however they are written. */
export function sameDuration(one: string, other: string): boolean {
  const nanoseconds = parseDuration(one);
  return nanoseconds !== undefined && nanoseconds === parseDuration(other);
}
