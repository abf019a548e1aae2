import type { MySqlPrivilege } from "./privileges";
import { account, grantPattern, identifier, text } from "./sql";

/** What one account may do, by database. */
export interface Grants {
  readonly name: string;
  readonly databases: Readonly<Record<string, readonly MySqlPrivilege[]>>;
}

/** Where the deploy notes which accounts are its own: what somebody else made is left alone. */
const RECORD = "docker_tiers.accounts";

/**
 * Makes accounts as they are declared, whatever was there before, and takes away those of earlier deploys that are not declared any more. An
 * account never loses for a moment what it keeps. Passwords come from files and go to a file in memory.
 */
export const ACCOUNTS = `record=$1 foreign=$2 databases=$3 require=$4 grants=$5 stale=$6 drop=$7 kill=$8 forget=$9
shift 9
query -e "$record"
found=$(query -BNe "$foreign")
[ -z "$found" ] || refuse "MYSQL_ACCOUNT: account must be the deploy's own, got $found, which somebody else made; drop it, or rename the client's construct"
{
  printf '%s\\n' "$databases"
  for name in "$@"; do
    password=$(cat "/run/secrets/accounts/$name")
    printf "INSERT IGNORE INTO ${RECORD} VALUES ('%s');\\n" "$name"
    printf "CREATE USER IF NOT EXISTS '%s'@'%%' IDENTIFIED BY '%s';\\n" "$name" "$password"
    printf "ALTER USER '%s'@'%%' IDENTIFIED BY '%s' REQUIRE %s;\\n" "$name" "$password" "$require"
  done
  printf '%s\\n' "$grants"
} >/tmp/accounts.sql
query </tmp/accounts.sql
for what in "$stale" "$drop"; do
  query -rBNe "$what" >/tmp/rest.sql
  query </tmp/rest.sql
done
query -rBNe "$kill" >/tmp/rest.sql
query --force </tmp/rest.sql || true
query -e "$forget"
echo "accounts: $*"`;

const QUOTED_SCHEMA = "'`', REPLACE(TABLE_SCHEMA, '`', '``'), '`'";

const among = (column: string, names: readonly string[]): string =>
  names.length === 0 ? "FALSE" : `${column} IN (${names.map(text).join(", ")})`;

/** The words of {@link ACCOUNTS}. */
export function accountWords(all: readonly Grants[], tls: boolean): readonly string[] {
  const names = all.map(({ name }) => name);
  const databases = [...new Set(all.flatMap((each) => Object.keys(each.databases)))].sort();
  const gone = `name FROM ${RECORD} WHERE NOT ${among("name", names)}`;
  return [
    `CREATE DATABASE IF NOT EXISTS docker_tiers; CREATE TABLE IF NOT EXISTS ${RECORD} (name VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY)`,
    `SELECT User FROM mysql.user WHERE Host = '%' AND ${among("User", names)} AND User NOT IN (SELECT name FROM ${RECORD})`,
    databases.map((name) => `CREATE DATABASE IF NOT EXISTS ${identifier(name)};`).join("\n"),
    tls ? "SSL" : "NONE",
    all.flatMap(grantStatements).join("\n"),
    staleGrants(all),
    `SELECT CONCAT('DROP USER IF EXISTS ', QUOTE(name), '@''%'';') FROM (SELECT ${gone}) AS gone`,
    `SELECT CONCAT('KILL ', id, ';') FROM information_schema.processlist WHERE user IN (SELECT ${gone})`,
    `DELETE FROM ${RECORD} WHERE NOT ${among("name", names)}`,
    ...names,
  ];
}

function grantStatements({ name, databases }: Grants): string[] {
  return Object.entries(databases).map(
    ([database, privileges]) => `GRANT ${privileges.join(", ")} ON ${identifier(grantPattern(database))}.* TO ${account(name)};`,
  );
}

/** Privileges of accounts that stay, and the right to hand them on, as statements that take away what is not declared. */
function staleGrants(all: readonly Grants[]): string {
  const kept = all.flatMap(({ name, databases }) =>
    Object.entries(databases).map(
      ([database, privileges]) =>
        `(GRANTEE = ${text(account(name))} AND TABLE_SCHEMA = ${text(grantPattern(database))} AND ${among("PRIVILEGE_TYPE", privileges)})`,
    ),
  );
  const mine = among(
    "GRANTEE",
    all.map(({ name }) => account(name)),
  );
  const extra = `PRIVILEGE_TYPE <> 'USAGE' AND NOT (${["FALSE", ...kept].join(" OR ")})`;
  return `${revokes("PRIVILEGE_TYPE")} WHERE ${mine} AND ${extra} UNION ${revokes("'GRANT OPTION'")} WHERE ${mine} AND IS_GRANTABLE = 'YES'`;
}

/** A query for statements; the schemas' names come as they are quoted in a grant. */
const revokes = (what: string): string =>
  `SELECT DISTINCT CONCAT('REVOKE ', ${what}, ' ON ', ${QUOTED_SCHEMA}, '.* FROM ', GRANTEE, ';') FROM information_schema.schema_privileges`;
