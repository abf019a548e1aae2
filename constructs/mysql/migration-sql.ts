import { createHash } from "node:crypto";
import { argumentFault } from "../text";
import { identifier, text } from "./sql";

/** A step of a schema. */
export interface Version {
  readonly number: number;
  /** As the program calls it: `2-index`. */
  readonly name: string;
  readonly content: Buffer;
}

/** Below the kernel's bound for one argument. */
const PIECE_LENGTH = 120_000;

/**
 * Applies a text unless the database has its record. Text and record are one transaction: what changes rows alone happens whole or not at
 * all. Lines are counted as in the text.
 */
export const MIGRATION = `name=$1 sum=$2 prepare=$3 recorded=$4 later=$5 record=$6 database=$7 form=$8
shift 8
text() { case $form in plain) printf '%s' "$1" ;; *) printf '%s' "$@" | base64 -d ;; esac; }
where="migration $name"
query -e "$prepare"
known=$(query -BNe "$recorded")
if [ -n "$known" ]; then
  [ "$known" = "$sum" ] || refuse "MYSQL_MIGRATION: text of $where must stay as it was applied, got another; restore it, and put what is new into a migration with a higher number"
  echo "$where: was applied before"
  exit 0
fi
newer=$(query -BNe "$later")
[ -z "$newer" ] || refuse "MYSQL_MIGRATION: $where must come before $newer, which is applied already; give it a higher number"
{ text "$@"; printf '\\n;\\n%s;\\nCOMMIT;\\n' "$record"; } | query --binary-mode --init-command="START TRANSACTION" --database="$database" ||
  refuse "MYSQL_MIGRATION: $where must succeed, got the fault above with its line; mend the text, and undo what it changed in the schema before that line"
[ -n "$(query -BNe "$recorded")" ] || refuse "MYSQL_MIGRATION: $where must end with a whole statement, got one that goes on; close its comments, quotes and delimiters"
echo "$where: applied"`;

/** The words of {@link MIGRATION}. */
export function migrationWords(database: string, { number, name, content }: Version): readonly string[] {
  const sum = createHash("sha256").update(content).digest("hex");
  const schema = identifier(database);
  const table = `${schema}.docker_tiers_migrations`;
  const columns =
    "version INT UNSIGNED PRIMARY KEY, name VARCHAR(255) NOT NULL, sha256 CHAR(64) NOT NULL, applied_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP";
  return [
    name,
    sum,
    `CREATE DATABASE IF NOT EXISTS ${schema}; CREATE TABLE IF NOT EXISTS ${table} (${columns}) CHARACTER SET ascii`,
    `SELECT sha256 FROM ${table} WHERE version = ${String(number)}`,
    `SELECT name FROM ${table} WHERE version > ${String(number)} ORDER BY version LIMIT 1`,
    `INSERT INTO ${table} (version, name, sha256) VALUES (${String(number)}, ${text(name)}, ${text(sum)})`,
    database,
    ...contentWords(content),
  ];
}

/** As it is where that arrives, so that a plan shows it; in pieces of base64 where not. */
function contentWords(content: Buffer): string[] {
  const plain = content.toString();
  if (Buffer.from(plain).equals(content) && argumentFault(plain) === undefined) return ["plain", plain];
  return ["base64", ...(content.toString("base64").match(new RegExp(`.{1,${String(PIECE_LENGTH)}}`, "g")) ?? [])];
}
