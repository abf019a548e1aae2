import { MySql, MySqlTls, Secret, type MySqlOptions } from "../../../constructs";
import { container, differences, inStack, shopImage, synth, without, type TerraformJson } from "../synth";

const mysql = (settings: MySqlOptions): TerraformJson =>
  synth((stack) => new MySql(stack, "Database", { image: shopImage(), memoryMiB: 256, settings }));

const config = (json: TerraformJson): string => {
  const [upload] = container(json, "Database/Config/Loader")["upload"] as { content: string }[];
  return upload?.content ?? "";
};
const plain = config(mysql({}));
const added = (settings: MySqlOptions): string => config(mysql(settings)).slice(plain.length);

describe("settings of a server", () => {
  it.each<[MySqlOptions, string]>([
    [{ characterSet: "latin1" }, "ALTER DATABASE `app` CHARACTER SET = latin1;\n"],
    [{ collation: "utf8mb4_bin" }, "ALTER DATABASE `app` CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin;\n"],
  ])("hold for the database of the first start: %p", (settings, content) => {
    expect(container(mysql(settings), "Database/InitSql/Loader")["upload"]).toEqual([{ file: "/config/character-set.sql", content }]);
  });

  it("come before SQL of one's own, and need no script where the character set is the server's", () => {
    const initSql = "SELECT 1";
    const files = (settings: MySqlOptions): unknown =>
      container(
        synth((stack) => new MySql(stack, "Database", { image: shopImage(), memoryMiB: 256, settings, initSql })),
        "Database/InitSql/Loader",
      )["upload"];
    expect(files({ characterSet: "latin1" })).toMatchObject([{ file: "/config/character-set.sql" }, { file: "/config/init.sql" }]);
    expect(files({ slowSeconds: 1 })).toEqual([{ file: "/config/init.sql", content: initSql }]);
  });

  it("follow what its size decides, and fragments follow them", () => {
    expect(
      added({
        slowSeconds: 0.5,
        timeZone: "+09:00",
        collation: "utf8mb4_general_ci",
        fragments: { "20-b": "[mysqld]\nmax_connections = 20\n", "10-a": "# longer\n[mysqld]\nwait-timeout=600\n\n[mysqldump]\nquick" },
      }),
    ).toMatchInlineSnapshot(`
      "slow_query_log=ON
      slow_query_log_file=/tmp/slow.log
      long_query_time=0.5
      default_time_zone='+09:00'
      character_set_server=utf8mb4
      collation_server=utf8mb4_general_ci

      # 10-a
      # longer
      [mysqld]
      wait-timeout=600

      [mysqldump]
      quick

      # 20-b
      [mysqld]
      max_connections = 20
      "
    `);
  });

  it("change the server by its configuration alone", () => {
    const changed = differences(container(mysql({ timeZone: "+09:00" }), "Database/Resource"), container(mysql({}), "Database/Resource"));
    expect(Object.keys(without(changed, "mounts", "labels", "depends_on"))).toEqual([]);
  });

  it("carry the slow log to the container's own", () => {
    const { entrypoint, command } = container(mysql({ slowSeconds: 1 }), "Database/Resource");
    expect([(entrypoint as string[])[0], command]).toEqual(["sh", ["mysqld"]]);
    expect((entrypoint as string[])[2]).toContain("cat /tmp/slow.log >&2");
    expect((entrypoint as string[])[2]).toMatch(/exec docker-entrypoint\.sh "\$@"$/);
  });

  it("refuse what is not encrypted where TLS is asked for, and tell clients", () => {
    expect(added({ tls: MySqlTls.generated() })).toBe("require_secure_transport=ON\n");
    const json = synth((stack) => {
      const database = new MySql(stack, "Database", { image: shopImage(), memoryMiB: 256, settings: { tls: MySqlTls.generated() } });
      const other = new MySql(stack, "Other", { image: shopImage(), memoryMiB: 256 });
      other.allowFrom(database, { as: "OTHER" });
      database.allowFrom(other, { as: "DATABASE", privileges: "read" });
    });
    expect(container(json, "Other/Resource")["env"]).toContain("DATABASE_TLS=required");
    expect(container(json, "Database/Resource")["env"]).not.toContain("OTHER_TLS=required");
    expect((container(json, "Database/Accounts/Resource")["command"] as string[])[3]).toBe("SSL");
  });

  it("take certificate and key from secrets, by the paths of their files", () => {
    const json = mysql({ tls: MySqlTls.fromSecrets({ certificate: Secret.fromStore("db-cert"), key: Secret.fromStore("db-key") }) });
    expect(config(json).slice(plain.length)).toBe(
      "require_secure_transport=ON\nssl_cert=/run/secrets/db-cert/value\nssl_key=/run/secrets/db-key/value\n",
    );
    const targets = (container(json, "Database/Resource")["mounts"] as { target: string }[]).map(({ target }) => target);
    expect(targets).toEqual(expect.arrayContaining(["/run/secrets/db-cert", "/run/secrets/db-key"]));
  });

  it.each<[MySqlOptions, string]>([
    [{ slowSeconds: 0 }, "MYSQL_SETTING: slowSeconds must be more than 0 and at most 3600, got 0; use 1"],
    [
      { timeZone: "Asia/Seoul" },
      'MYSQL_SETTING: timeZone must be an offset from -13:59 to +14:00, since the images hold no table of names, got "Asia/Seoul"; use "+00:00"',
    ],
    [
      { characterSet: "latin1", collation: "utf8mb4_bin" },
      'MYSQL_SETTING: collation must be one of latin1, got "utf8mb4_bin"; use "latin1_bin"',
    ],
    [
      { collation: "utf8mb4\nskip-grant-tables" },
      'MYSQL_SETTING: collation must be lower-case letters, digits and "_", got "utf8mb4\\nskip-grant-tables"; use "utf8mb4_bin"',
    ],
    [
      { fragments: { a: "max_connections=2" } },
      'MYSQL_FRAGMENT: line 1 of a must be below a section, got "max_connections=2"; put [mysqld] before it',
    ],
    [
      { fragments: { a: "[mysqld]\nloose-skip-grant-tables" } },
      'MYSQL_FRAGMENT: line 2 of a must not be what the construct itself holds together, got "skip_grant_tables"; leave it out',
    ],
    [
      { fragments: { a: "[mysqld]\n!include /etc/other.cnf" } },
      'MYSQL_FRAGMENT: line 2 of a must be "name=value", got "!include /etc/other.cnf"; mend it',
    ],
    [{ fragments: { "a\nb": "" } }, 'MYSQL_FRAGMENT: name must be letters, digits, ".", "_" and "-", got "a\\nb"; use "10-limits"'],
  ])("fail for %j", (settings, message) => {
    expect(() => inStack((stack) => new MySql(stack, "Database", { image: shopImage(), memoryMiB: 256, settings }))).toThrow(
      new Error(`${message} (at dev/Database)`),
    );
  });
});
