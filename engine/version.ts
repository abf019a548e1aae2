/** A version of the Engine API, such as `1.41`. */
export type ApiVersion = `${number}.${number}`;

/** The oldest API that we speak (Docker 20.10). */
export const OLDEST_API: ApiVersion = "1.41";
/** The newest API that we know (Docker 29). */
export const NEWEST_API: ApiVersion = "1.52";

/** Negative when `a` is older than `b`, 0 when they are the same. */
export function compareApi(a: ApiVersion, b: ApiVersion): number {
  const [majorA = 0, minorA = 0] = a.split(".").map(Number);
  const [majorB = 0, minorB = 0] = b.split(".").map(Number);
  return majorA - majorB || minorA - minorB;
}

/** True for `1.41` and the like. */
export function isApiVersion(text: string): text is ApiVersion {
  return /^\d+\.\d+$/.test(text);
}

/** The newest API that both sides speak, or undefined when the daemon is older than we can use. */
export function negotiateApi(offered: string | undefined): ApiVersion | undefined {
  if (offered === undefined || !isApiVersion(offered)) return undefined;
  if (compareApi(offered, OLDEST_API) < 0) return undefined;
  return compareApi(offered, NEWEST_API) > 0 ? NEWEST_API : offered;
}
