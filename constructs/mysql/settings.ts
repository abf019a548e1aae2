import type { IConstruct } from "constructs";
import { ConstructError } from "../errors";
import type { MySqlTls } from "./tls";

/** How a server behaves, beside what follows from its size. */
export interface MySqlOptions {
  /** Statements that take longer than this are in the container's log. @default - none are */
  readonly slowSeconds?: number;
  /** Distance of local time from UTC, such as `+09:00`. @default - the host's, which is UTC in the images */
  readonly timeZone?: string;
  /** Of the server's database, and of others that are made from now on. @default - that of the collation, or utf8mb4 */
  readonly characterSet?: string;
  /** Of the same, such as `utf8mb4_bin`. @default - the character set's own */
  readonly collation?: string;
  /** Refuses connections that are not encrypted. @default - they are taken */
  readonly tls?: MySqlTls;
  /** Option files, such as `[mysqld]` and lines of `name=value`, by a name that gives their order. Each comes after ours, so it wins. @default - none */
  readonly fragments?: Readonly<Record<string, string>>;
}

const OFFSET = /^([+-](0\d|1[0-3]):[0-5]\d|\+14:00)$/;
/** What the construct itself holds together: with other values data, login or health would be lost. */
const OWN = new Set(
  (
    "datadir tmpdir socket port bind_address user pid_file init_file skip_networking skip_grant_tables secure_file_priv plugin_load " +
    "plugin_load_add plugin_dir require_secure_transport ssl_cert ssl_key basedir skip_name_resolve"
  ).split(" "),
);

/** Lines of `[mysqld]` for settings; those of TLS are the {@link MySqlTls}' own. */
export function settingLines(owner: IConstruct, settings: MySqlOptions): string[] {
  validate(owner, settings);
  const { slowSeconds, timeZone, collation } = settings;
  const characterSet = characterSetOf(settings);
  return [
    ...(slowSeconds === undefined
      ? []
      : ["slow_query_log=ON", `slow_query_log_file=${SLOW_LOG}`, `long_query_time=${String(slowSeconds)}`]),
    ...(timeZone === undefined ? [] : [`default_time_zone='${timeZone}'`]),
    ...(characterSet === undefined ? [] : [`character_set_server=${characterSet}`]),
    ...(collation === undefined ? [] : [`collation_server=${collation}`]),
  ];
}

const characterSetOf = ({ characterSet, collation }: MySqlOptions): string | undefined => characterSet ?? collation?.split("_")[0];

/** Scripts of the first start, by name: the image from packages makes the server's database while MySQL does not heed them yet. */
export function settingScripts(database: string, settings: MySqlOptions): Readonly<Record<string, string>> {
  const { collation } = settings;
  const characterSet = characterSetOf(settings);
  if (characterSet === undefined) return {};
  const collate = collation === undefined ? "" : ` COLLATE = ${collation}`;
  return { "character-set.sql": `ALTER DATABASE \`${database}\` CHARACTER SET = ${characterSet}${collate};\n` };
}

/** The fragments as one text, each below a comment with its name. */
export function fragmentText(owner: IConstruct, fragments: Readonly<Record<string, string>>): string {
  return Object.entries(fragments)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => {
      requireFragment(owner, name, text);
      return `\n# ${name}\n${text.trimEnd()}\n`;
    })
    .join("");
}

/** In memory: {@link SLOW_START} hands it on and empties it. */
const SLOW_LOG = "/tmp/slow.log";

/** Starts the server beside a loop that carries the slow log, which cannot be written to a pipe, to the container's log. */
export const SLOW_START: readonly string[] = [
  "sh",
  "-c",
  `: >${SLOW_LOG}; while sleep 1; do [ ! -s ${SLOW_LOG} ] || { cat ${SLOW_LOG} >&2; : >${SLOW_LOG}; }; done & exec docker-entrypoint.sh "$@"`,
  "server",
];

function validate(owner: IConstruct, { slowSeconds, timeZone, characterSet, collation }: MySqlOptions): void {
  const check = (holds: boolean, message: string): void => {
    if (!holds) throw new ConstructError("MYSQL_SETTING", message, owner);
  };
  const word = (value: string | undefined): boolean => value === undefined || /^[a-z0-9]+(_[a-z0-9]+)*$/.test(value);
  check(
    slowSeconds === undefined || (slowSeconds > 0 && slowSeconds <= 3600),
    `slowSeconds must be more than 0 and at most 3600, got ${String(slowSeconds)}; use 1`,
  );
  check(
    timeZone === undefined || OFFSET.test(timeZone),
    `timeZone must be an offset from -13:59 to +14:00, since the images hold no table of names, got ${JSON.stringify(timeZone)}; use "+00:00"`,
  );
  check(word(characterSet), `characterSet must be lower-case letters and digits, got ${JSON.stringify(characterSet)}; use "utf8mb4"`);
  check(word(collation), `collation must be lower-case letters, digits and "_", got ${JSON.stringify(collation)}; use "utf8mb4_bin"`);
  check(
    characterSet === undefined || collation === undefined || collation === characterSet || collation.startsWith(`${characterSet}_`),
    `collation must be one of ${String(characterSet)}, got ${JSON.stringify(collation)}; use "${String(characterSet)}_bin"`,
  );
}

function requireFragment(owner: IConstruct, name: string, text: string): void {
  const fail = (message: string): never => {
    throw new ConstructError("MYSQL_FRAGMENT", message, owner);
  };
  if (!/^[\w.-]+$/.test(name)) fail(`name must be letters, digits, ".", "_" and "-", got ${JSON.stringify(name)}; use "10-limits"`);
  let section = "";
  for (const [index, line] of text.split("\n").entries()) {
    const place = `line ${String(index + 1)} of ${name}`;
    const content = line.trim();
    if (content === "" || /^[#;]/.test(content)) continue;
    section = /^\[([\w.-]+)\]$/.exec(content)?.[1] ?? section;
    if (content.startsWith("[") && content.endsWith("]")) continue;
    const option = /^(?:loose[-_])?([a-z][\w-]*)\s*(?:=|$)/i.exec(content)?.[1]?.replaceAll("-", "_").toLowerCase();
    if (option === undefined) fail(`${place} must be "name=value", got ${JSON.stringify(content)}; mend it`);
    else if (section === "") fail(`${place} must be below a section, got ${JSON.stringify(content)}; put [mysqld] before it`);
    else if (OWN.has(option)) fail(`${place} must not be what the construct itself holds together, got "${option}"; leave it out`);
  }
}
