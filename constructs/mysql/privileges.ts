/** What an account may do in a database, by the server's own words. */
const ALL = [
  "ALTER",
  "ALTER ROUTINE",
  "CREATE",
  "CREATE ROUTINE",
  "CREATE TEMPORARY TABLES",
  "CREATE VIEW",
  "DELETE",
  "DROP",
  "EVENT",
  "EXECUTE",
  "INDEX",
  "INSERT",
  "LOCK TABLES",
  "REFERENCES",
  "SELECT",
  "SHOW VIEW",
  "TRIGGER",
  "UPDATE",
] as const;

/** A privilege on a database. Those on the whole server are no client's. */
export type MySqlPrivilege = (typeof ALL)[number];

/** `read` is SELECT and SHOW VIEW, `readWrite` also INSERT, UPDATE and DELETE, `schema` all of a database's; or the very ones. */
export type MySqlPrivileges = "read" | "readWrite" | "schema" | readonly MySqlPrivilege[];

const READ = ["SELECT", "SHOW VIEW"] as const;
const SETS = { read: READ, readWrite: [...READ, "DELETE", "INSERT", "UPDATE"], schema: ALL } as const;

/** The privileges that are meant, in one order and each once. */
export function privilegesOf(given: MySqlPrivileges): readonly MySqlPrivilege[] {
  const wanted = new Set<MySqlPrivilege>(typeof given === "string" ? SETS[given] : given);
  return ALL.filter((privilege) => wanted.has(privilege));
}

export const isPrivilege = (word: string): boolean => (ALL as readonly string[]).includes(word);
