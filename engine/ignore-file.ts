import { posix } from "node:path";

interface Rule {
  readonly pattern: RegExp;
  readonly negated: boolean;
}

/** Says which files of a build context stay behind. */
export interface IgnoreRules {
  /** True when a path (relative, with slashes) is left out. */
  ignores(path: string): boolean;
  /** True when a later rule may bring back something below an ignored directory. */
  readonly hasExceptions: boolean;
}

/** Reads a `.dockerignore`: the last matching line decides, a line also covers what lies below it, `!` brings back. */
export function parseIgnoreFile(content: string): IgnoreRules {
  const lines = content
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((line) => !line.startsWith("#"));
  const rules = lines
    .map((line) => line.trim())
    .filter((line) => line !== "" && line !== "!")
    .map(parseRule);
  return {
    hasExceptions: rules.some((rule) => rule.negated),
    ignores: (path) => rules.reduce((ignored, { pattern, negated }) => (covers(pattern, path) ? !negated : ignored), false),
  };
}

function parseRule(line: string): Rule {
  const negated = line.startsWith("!");
  const text = (negated ? line.slice(1) : line).trim();
  const clean = posix.normalize(text).replace(/^\/+/, "").replace(/\/+$/, "");
  return { pattern: new RegExp(`^${translate(clean)}$`), negated };
}

function covers(pattern: RegExp, path: string): boolean {
  const parts = path.split("/");
  return parts.some((_, index) => pattern.test(parts.slice(0, index + 1).join("/")));
}

const TOKENS = /\*\*\/|\*\*|\*|\?|\\.|\[[^\]]*\]|[.$^+(){}|]|[^*?\\[.$^+(){}|]+|./g;

function translate(glob: string): string {
  return (glob.match(TOKENS) ?? []).map(translateToken).join("");
}

function translateToken(token: string): string {
  if (token === "**/") return "(?:.*/)?";
  if (token === "**") return ".*";
  if (token === "*") return "[^/]*";
  if (token === "?") return "[^/]";
  if (token.startsWith("\\") || (token.startsWith("[") && token.endsWith("]"))) return token;
  return token.replace(/[.$^+(){}|[\]]/g, "\\$&");
}
