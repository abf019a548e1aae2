/** Name and value of `NAME=value`; the value may hold further signs, and may be absent. */
export function pair(entry: string): [string, string] {
  const at = entry.indexOf("=");
  return at < 0 ? [entry, ""] : [entry.slice(0, at), entry.slice(at + 1)];
}
