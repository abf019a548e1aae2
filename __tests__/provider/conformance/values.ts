/** Attributes of a resource. */
export type Values = Readonly<Record<string, unknown>>;

/** What differs between attributes and their recording, attribute by attribute. */
export function valueDifferences(ours: Values, recorded: Values, at: string): string[] {
  const names = new Set([...Object.keys(ours), ...Object.keys(recorded)]);
  return [...names]
    .filter((name) => !same(ours[name], recorded[name]))
    .map((name) => `${at}: ${name} is ${JSON.stringify(ours[name])}, recorded ${JSON.stringify(recorded[name])}`);
}

/** Equal where "unset" may be null or a zero value, lists of blocks in any order, and `<...>` stands for a daemon's choice. */
export function same(ours: unknown, recorded: unknown): boolean {
  if (isUnset(ours) && isUnset(recorded)) return true;
  if (typeof recorded === "string" && /<\w+>/.test(recorded)) return placeholder(recorded).test(String(ours));
  if (Array.isArray(recorded)) return Array.isArray(ours) && sameItems(ours, recorded);
  if (isRecord(recorded) && isRecord(ours))
    return [...new Set([...Object.keys(ours), ...Object.keys(recorded)])].every((key) => same(ours[key], recorded[key]));
  return ours === recorded;
}

function sameItems(ours: readonly unknown[], recorded: readonly unknown[]): boolean {
  const open = [...ours];
  const matched = recorded.every((item) => {
    const index = open.findIndex((candidate) => same(candidate, item));
    return index >= 0 && open.splice(index, 1).length === 1;
  });
  return matched && open.length === 0;
}

const PLACEHOLDERS: Readonly<Record<string, string>> = {
  hex64: "[0-9a-f]{64}",
  hex12: "[0-9a-f]{12}",
  prefix: "\\d+",
  ip_address: "[0-9a-f.:]+",
  // Since Docker 28 an internal network has none.
  gateway: "[0-9a-f.:]*",
  mac_address: "[0-9a-f:]+",
};

function placeholder(text: string): RegExp {
  return new RegExp(
    `^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/<(\w+)>/g, (_, name: string) => PLACEHOLDERS[name] ?? "[\\s\\S]+")}$`,
  );
}

function isUnset(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === 0) return true;
  return Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0;
}

function isRecord(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
