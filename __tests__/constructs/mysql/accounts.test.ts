import type { TerraformStack } from "cdktf";
import { Health, MySql, Service, type DatabaseAccess } from "../../../constructs";
import { address, container, differences, inStack, reachable, resource, resources, shopImage, synth, without } from "../synth";

const client = (stack: TerraformStack, id: string): Service =>
  new Service(stack, id, { image: shopImage(), memoryMiB: 64, health: Health.http("/") });
const database = (stack: TerraformStack): MySql => new MySql(stack, "Database", { image: shopImage(), memoryMiB: 256 });

/** A stack whose database lets in clients: by id, then in which ways. */
const letting =
  (clients: Readonly<Record<string, readonly DatabaseAccess[]>>, props: { readonly dropsAccounts?: boolean } = {}) =>
  (stack: TerraformStack): void => {
    const server = new MySql(stack, "Database", { image: shopImage(), memoryMiB: 256, ...props });
    for (const [id, ways] of Object.entries(clients)) {
      const each = client(stack, id);
      for (const way of ways) server.allowFrom(each, way);
    }
  };

const READER = letting({ Shop: [{ as: "DATABASE", privileges: "read" }] });
const words = (build: (stack: TerraformStack) => void): string[] =>
  container(synth(build), "Database/Accounts/Resource")["command"] as string[];

describe("an account of a client's own", () => {
  it("is what the client is told, with the file of a password of its own", () => {
    const json = synth(
      letting({
        Shop: [
          { as: "DATABASE", privileges: "read" },
          { as: "REPORTS", database: "sales_2026" },
        ],
      }),
    );
    const { env, mounts } = container(json, "Shop/Replica1");
    expect(env).toEqual([
      "DATABASE_HOST=dev-database",
      "DATABASE_NAME=app",
      "DATABASE_PASSWORD_FILE=/run/secrets/database/shop",
      "DATABASE_PORT=3306",
      "DATABASE_USER=shop",
      "REPORTS_HOST=dev-database",
      "REPORTS_NAME=sales_2026",
      "REPORTS_PASSWORD_FILE=/run/secrets/reports/shop",
      "REPORTS_PORT=3306",
      "REPORTS_USER=shop",
    ]);
    expect((mounts as { source: string }[]).map(({ source }) => source)).toEqual([
      "${docker_volume.Database_Account_Shop_Volume_4986340A.name}",
      "${docker_volume.Database_Account_Shop_Volume_4986340A.name}",
    ]);
  });

  it("is made by a job that reaches the server by its socket alone, after the server", () => {
    const json = synth(READER);
    const { entrypoint, command, labels, ...job } = container(json, "Database/Accounts/Resource");
    expect(job).toMatchObject({
      name: "dev-database-accounts",
      user: "999:999",
      network_mode: "none",
      read_only: true,
      lifecycle: { replace_triggered_by: ["docker_container.Database_B269D8BB.id"] },
      mounts: [
        { target: "/run/mysqld", read_only: true },
        { target: "/run/secrets/accounts", read_only: true },
        { target: "/run/secrets/mysql", read_only: true },
      ],
    });
    expect(command).toContain("shop");
    expect(entrypoint).toContain("job");
    expect(labels).toBeDefined();
    const needed = reachable(json, address(json, "docker_container", "Database/Accounts/Resource"));
    for (const path of ["Database/Resource", "Database/Account/Shop/Write/Resource", "Database/Secret/Write/Resource"])
      expect(needed).toContain(address(json, "docker_container", path));
    expect(job).not.toHaveProperty("lifecycle.create_before_destroy");
  });

  it("puts the server's socket into a volume in memory, and changes nothing else of the server", () => {
    const plain = synth(database);
    const json = synth(READER);
    const changed = differences(container(json, "Database/Resource"), container(plain, "Database/Resource"));
    expect(without(changed, "labels", "mounts")).toEqual({
      tmpfs: { "/tmp": "rw,noexec,nosuid,nodev,size=16m,mode=1777" },
    });
    expect(changed["mounts"]).toContainEqual(expect.objectContaining({ target: "/run/mysqld", read_only: false }));
    expect(without(resource(json, "docker_volume", "Database/Run/Volume"), "labels")).toEqual({
      name: "dev-database-run",
      driver: "local",
      driver_opts: { type: "tmpfs", device: "tmpfs", o: "nosuid,nodev,noexec,size=1m,mode=0755,uid=999,gid=999" },
    });
    expect(resources(plain, "docker_container")).not.toHaveProperty("Database/Accounts/Resource");
  });

  it("gets what was granted, and what it had beside is revoked", () => {
    expect(words(READER).slice(2)).toMatchInlineSnapshot(`
      [
        "CREATE DATABASE IF NOT EXISTS \`app\`;",
        "NONE",
        "GRANT SELECT, SHOW VIEW ON \`app\`.* TO 'shop'@'%';",
        "SELECT DISTINCT CONCAT('REVOKE ', PRIVILEGE_TYPE, ' ON ', '\`', REPLACE(TABLE_SCHEMA, '\`', '\`\`'), '\`', '.* FROM ', GRANTEE, ';') FROM information_schema.schema_privileges WHERE GRANTEE IN ('\\'shop\\'@\\'%\\'') AND PRIVILEGE_TYPE <> 'USAGE' AND NOT (FALSE OR (GRANTEE = '\\'shop\\'@\\'%\\'' AND TABLE_SCHEMA = 'app' AND PRIVILEGE_TYPE IN ('SELECT', 'SHOW VIEW'))) UNION SELECT DISTINCT CONCAT('REVOKE ', 'GRANT OPTION', ' ON ', '\`', REPLACE(TABLE_SCHEMA, '\`', '\`\`'), '\`', '.* FROM ', GRANTEE, ';') FROM information_schema.schema_privileges WHERE GRANTEE IN ('\\'shop\\'@\\'%\\'') AND IS_GRANTABLE = 'YES'",
        "SELECT CONCAT('DROP USER IF EXISTS ', QUOTE(name), '@''%'';') FROM (SELECT name FROM docker_tiers.accounts WHERE NOT name IN ('shop')) AS gone",
        "SELECT CONCAT('KILL ', id, ';') FROM information_schema.processlist WHERE user IN (SELECT name FROM docker_tiers.accounts WHERE NOT name IN ('shop'))",
        "DELETE FROM docker_tiers.accounts WHERE NOT name IN ('shop')",
        "shop",
      ]
    `);
  });

  it("leads from no client to the server, so that a rollout never touches it", () => {
    const json = synth(READER);
    const needed = reachable(json, address(json, "docker_container", "Shop/Replica1"));
    expect(needed).not.toContain(address(json, "docker_container", "Database/Resource"));
  });

  it("is looked after without any client where accounts are dropped", () => {
    expect(words(letting({}, { dropsAccounts: true }))[8]).toBe("DELETE FROM docker_tiers.accounts WHERE NOT FALSE");
  });

  it("has a short name that stays the same for a long path", () => {
    const id = "AVeryLongNameOfAShopThatSold";
    expect(words(letting({ [id]: [{ as: "DATABASE", privileges: "read" }] })).at(-1)).toBe("a-very-long-name-of-a-s-6f8c47ff");
  });

  it.each<[DatabaseAccess, string]>([
    [{ as: "A", privileges: [] }, 'MYSQL_PRIVILEGES: privileges must be those of a database, got []; use "readWrite" (at dev/Shop)'],
    [
      { as: "A", privileges: JSON.parse('["SELECT", "SUPER"]') as [] },
      'MYSQL_PRIVILEGES: privileges must be those of a database, got "SUPER"; use "readWrite" (at dev/Shop)',
    ],
    [
      { as: "A", database: "docker_tiers" },
      'MYSQL_IDENTIFIER: database must not be the server\'s own, got "docker_tiers"; use "app" (at dev/Database)',
    ],
    [
      { as: "A", database: "a`b" },
      'MYSQL_IDENTIFIER: database must be a letter, then letters, digits and "_", at most 64, got "a`b"; use "app" (at dev/Database)',
    ],
  ])("fails for %j", (access, message) => {
    expect(() => {
      inStack(letting({ Shop: [access] }));
    }).toThrow(new Error(message));
  });

  it("fails for two sets of privileges in one database, and for a client with the name of an account that is there", () => {
    expect(() => {
      inStack(
        letting({
          Shop: [
            { as: "A", privileges: "read" },
            { as: "B", privileges: "schema" },
          ],
        }),
      );
    }).toThrow(new Error("MYSQL_PRIVILEGES: client must have one set of privileges in app, got two; leave one out (at dev/Shop)"));
    expect(() => {
      inStack(letting({ App: [{ as: "A", privileges: "read" }] }));
    }).toThrow(
      new Error('MYSQL_ACCOUNT: account must be one construct\'s, got "app" of dev/Database too; change one of them (at dev/App)'),
    );
  });
});
