import type { IConstruct } from "constructs";
import { ConstructError } from "../errors";

/** Schemas of the servers, and the one in which the deploy keeps what it has made. */
const SYSTEM = new Set(["mysql", "sys", "information_schema", "performance_schema", "docker_tiers"]);

/** @throws ConstructError `MYSQL_IDENTIFIER` for what would need quoting, or is longer than the server takes */
export function requireIdentifier(owner: IConstruct, what: "database" | "user", name: string): void {
  const most = what === "database" ? 64 : 32;
  if (/^[A-Za-z][A-Za-z0-9_]*$/.test(name) && name.length <= most) return;
  throw new ConstructError(
    "MYSQL_IDENTIFIER",
    `${what} must be a letter, then letters, digits and "_", at most ${String(most)}, got ${JSON.stringify(name)}; use "app"`,
    owner,
  );
}

/** @throws ConstructError `MYSQL_IDENTIFIER` for a name that is none, or the server's own */
export function requireDatabase(owner: IConstruct, name: string): void {
  requireIdentifier(owner, "database", name);
  if (!SYSTEM.has(name.toLowerCase())) return;
  throw new ConstructError("MYSQL_IDENTIFIER", `database must not be the server's own, got ${JSON.stringify(name)}; use "app"`, owner);
}
