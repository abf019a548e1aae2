import { secretShapes } from "./secret-shapes";

/** Kinds of secrets that stand in a text; the secret itself is never given back. */
export function findSecret(text: string): string[] {
  const found = secretShapes.filter(({ pattern }) => pattern.test(text)).map(({ kind }) => kind);
  return [...new Set(found)];
}

/** A text in which no secret of a known kind stands any more. */
export function withoutSecrets(text: string): string {
  return secretShapes.reduce((left, { pattern }) => left.replace(pattern, "***"), text);
}

/** Names whose value is a secret; `..._FILE` and `..._PATH` are not among them. */
const NAMES = [
  "(?:^|[_.-])(?:pass|pwd|auth|creds?|credentials?)",
  "pass(?:word|wd|phrase)",
  "secret(?:[_-]?key(?:[_-]?base)?)?",
  "(?<!public[_-]?)token",
  "(?:api|access|private|auth|encryption|signing|master|account|shared)[_-]?key",
];
const SECRET_NAME = new RegExp(`(?:${NAMES.join("|")})$`, "i");

const NOT_A_SECRET = [
  /^$/,
  /^(?:yes|no|true|false|on|off|none|null|required|optional|enabled?|disabled?|auto|default|env|file|vault|basic|bearer|oauth2?|ldap|md5|trust|scram-sha-256)$/i,
  /^-?\d{1,5}$/,
  /^(?:\.{0,2}|~)\/[\w./@-]*$/,
  /^\*+$/,
  /^<[^>]*>$/,
  /^(?:file|https?):\/\/[^@]*$/,
];

/**
 * What of a `KEY=value` pair is secret: by the shape of its value, or by its name.
 *
 * @param place - where the pair stands: `env`
 */
export function findSecretIn(pair: string, place: string): string[] {
  const end = pair.indexOf("=");
  if (end < 0) return findSecret(pair).map((kind) => `${kind} in ${place}`);
  const [key, value] = [pair.slice(0, end), pair.slice(end + 1)];
  const kinds = findSecret(value);
  const named = kinds.length === 0 && SECRET_NAME.test(key) && !NOT_A_SECRET.some((harmless) => harmless.test(value));
  return (named ? ["secret value"] : kinds).map((kind) => `${kind} in ${place} ${key}`);
}

const FLAG =
  /(?<![\w-])--?(?:require|master|user|db|root|admin)?-?(?:pass(?:word|wd|phrase)?|secret|token|api-?key|access-?key)(?:=|\s+)["']?([^\s"']+)/gi;
/** Programs that take a password in a flag of one letter. */
const SHORT_FLAGS = [
  /\b(?:mysql|mariadb)\w*\b[^|;&]*?\s-p(?!\s)["']?([^\s"']+)/g,
  /\bcurl\b[^|;&]*?\s(?:-u|--user)[=\s]*["']?[^\s:"']+:([^\s"']+)/g,
  /\bredis-cli\b[^|;&]*?\s-a\s+["']?([^\s"']+)/g,
  /\bsshpass\b\s+-p\s*["']?([^\s"']+)/g,
];
const ASSIGNMENT = /(?<![\w$-])([A-Za-z_]\w*)=(?:"([^"$]*)"|'([^']*)'|([^\s"'$;&|<>()]+))/g;
/** What a shell fills in, and the next flag. */
const FILLED_IN = /^[$%<{-]|^["'`]?\$\(/;

/** Kinds of secrets in the words of a command line, which may hold a shell's script. */
export function findSecretFlag(words: readonly string[]): string[] {
  const line = words.join(" ");
  const flags = [FLAG, ...SHORT_FLAGS]
    .flatMap((pattern) => [...line.matchAll(pattern)])
    .map(([, value = ""]) => value)
    .filter((value) => !FILLED_IN.test(value));
  const secretFlag = flags.some((value) => !NOT_A_SECRET.some((harmless) => harmless.test(value)));
  const assigned = [...line.matchAll(ASSIGNMENT)].flatMap(([, key = "", ...values]) => {
    const value = values.join("");
    return FILLED_IN.test(value) ? [] : findSecretIn(`${key}=${value}`, "variable");
  });
  return [...new Set([...findSecret(line), ...(secretFlag ? ["password flag"] : []), ...assigned])];
}
