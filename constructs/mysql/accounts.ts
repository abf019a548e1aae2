import type { Construct } from "constructs";
import { accountName } from "../account-name";
import { Claims } from "../claims";
import { ConstructError } from "../errors";
import { GeneratedSecret } from "../generated-secret";
import type { IClient } from "../workload";
import { ACCOUNTS, accountWords, type Grants } from "./account-sql";
import type { Administered, Administration } from "./administration";
import { isPrivilege, privilegesOf, type MySqlPrivilege, type MySqlPrivileges } from "./privileges";

const PASSWORDS = "/run/secrets/accounts";
const NAMES = new Claims("MYSQL_ACCOUNT", "account");

/** Accounts of clients: each has one, with a password of its own, and in each database what it was granted there. */
export class Accounts {
  private readonly passwords: GeneratedSecret;
  private readonly grants = new Map<string, Map<string, readonly MySqlPrivilege[]>>();

  constructor(
    private readonly scope: Construct,
    { image, user }: Administered,
    administration: Administration,
    { reserved, tls }: { readonly reserved: readonly string[]; readonly tls: boolean },
  ) {
    for (const name of reserved) NAMES.claim(scope, name, scope);
    this.passwords = new GeneratedSecret(scope, "Account", { image, names: [], user });
    const job = administration.job(scope, "Accounts", ACCOUNTS, () => accountWords(this.all(), tls));
    this.passwords.mountInto(job.workload, PASSWORDS);
  }

  /**
   * Gives a client privileges in a database; in its next one it has the same account.
   *
   * @throws ConstructError `MYSQL_PRIVILEGES` for none, an unknown one, and a second set for one database; `MYSQL_ACCOUNT` for a name that is
   * taken
   */
  grant(client: IClient, database: string, given: MySqlPrivileges): string {
    const privileges = privilegesOf(given);
    const unknown = typeof given === "string" ? undefined : given.find((word) => !isPrivilege(word));
    if (unknown !== undefined || privileges.length === 0)
      fault(client, `privileges must be those of a database, got ${JSON.stringify(unknown ?? given)}; use "readWrite"`);
    const name = this.nameOf(client);
    const databases = this.grants.get(name) ?? new Map<string, readonly MySqlPrivilege[]>();
    const known = databases.get(database);
    if (known !== undefined && known.join() !== privileges.join())
      fault(client, `client must have one set of privileges in ${database}, got two; leave one out`);
    this.grants.set(name, databases.set(database, privileges));
    return name;
  }

  /** Gives a client the file of its password. */
  grantPassword(client: IClient, directory: string): string {
    return this.passwords.grantNew(client, this.nameOf(client), directory);
  }

  private nameOf(client: IClient): string {
    const name = accountName(this.scope, client);
    NAMES.claim(this.scope, name, client);
    return name;
  }

  private all(): readonly Grants[] {
    return [...this.grants]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, databases]) => ({ name, databases: Object.fromEntries([...databases].sort(([a], [b]) => (a < b ? -1 : 1))) }));
  }
}

function fault(client: IClient, message: string): never {
  throw new ConstructError("MYSQL_PRIVILEGES", message, client);
}
