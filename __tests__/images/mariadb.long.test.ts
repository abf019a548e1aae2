import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { findImage } from "../../images/image-store";
import { mariadbRecipe } from "../../images/recipes/mariadb";
import type { HardenedContainer } from "./hardened-container";
import { errorOf, MySqlBench, PASSWORD, query, ROOT } from "./mysql-bench";

const bench = new MySqlBench(mariadbRecipe);
beforeAll(async () => {
  await bench.mysql();
}, 240_000);
afterAll(() => bench.close(), 60_000);

const ACCOUNTS = "SELECT User, Host FROM mysql.global_priv ORDER BY 1, 2";

describe("a first start of the mariadb image", () => {
  let container: HardenedContainer;
  beforeAll(async () => {
    container = await bench.start();
    await container.settle();
  }, 90_000);

  it("is healthy as 999:999 on an image that is of at most 60 MB, and that it does not change", async () => {
    expect((await findImage(bench.engine, mariadbRecipe))?.size).toBeLessThanOrEqual(60_000_000);
    expect((await container.sh("grep CapEff /proc/1/status; id -u")).output).toBe("CapEff:\t0000000000000000\n999");
    expect(await container.changes()).toEqual([]);
    expect((await container.inspect()).State.Health?.Status).toBe("healthy");
  }, 60_000);

  it("makes database, user and root with passwords that are hard to quote, and shows none", async () => {
    expect(await query(container, "SELECT CURRENT_USER(); USE shop_db; CREATE TABLE t (a INT)")).toBe("app@%");
    expect(await query(container, "SHOW GRANTS")).toContain("GRANT ALL PRIVILEGES ON `shop\\\\_db`.* TO `app`@`%`");
    expect(await query(container, "SELECT CURRENT_USER(); SELECT @@tmpdir", "root", ROOT)).toBe("root@%\n/var/lib/mysql/tmp");
    expect(await query(container, "SELECT 1", "root", "wrong")).toContain("Access denied");
    const seen = (await container.sh("tr '\\0' '\\n' </proc/1/environ; tr '\\0' ' ' </proc/1/cmdline; ls /run/mysqld")).output;
    expect(seen).toContain("MYSQL_DATABASE=shop_db");
    expect(seen).not.toContain("PASSWORD");
    expect(seen).not.toContain("init.sql");
    const logs = await container.logs();
    expect(logs).toContain("ready for connections");
    expect([ROOT, PASSWORD].filter((password) => logs.includes(password))).toEqual([]);
  }, 60_000);

  it("leaves no account without a password but one that is locked, and none that was not asked for", async () => {
    expect(await query(container, ACCOUNTS, "root", ROOT)).toBe(
      "app\t%\nhealth\t127.0.0.1\nmariadb.sys\tlocalhost\nroot\t%\nroot\tlocalhost",
    );
    const open =
      "SELECT User FROM mysql.global_priv WHERE JSON_VALUE(Priv, '$.authentication_string') = '' OR JSON_VALUE(Priv, '$.authentication_string') IS NULL";
    expect(await query(container, open, "root", ROOT)).toBe("mariadb.sys");
    expect(
      await query(container, "SELECT Priv LIKE '%account_locked\":true%' FROM mysql.global_priv WHERE User = 'mariadb.sys'", "root", ROOT),
    ).toBe("1");
    expect((await container.exec("mariadb", "-uroot", "-BNe", "SELECT 1")).output).toContain("Access denied");
  }, 60_000);

  it("has a health check by an account that may do nothing but log in, and dumps a database", async () => {
    const grants = await container.exec("mariadb", "--defaults-file=/run/mysqld/health.cnf", "-BNe", "SHOW GRANTS");
    expect(grants.output).toMatch(/^GRANT USAGE ON \*\.\* TO `health`@`127\.0\.0\.1` [^\n]*$/);
    const dump = await container.sh(`MYSQL_PWD="$MYSQL_PASSWORD" mariadb-dump -h127.0.0.1 -uapp shop_db`);
    expect(dump.output).toContain("-- Dump completed");
  }, 60_000);
});

describe("the mariadb image", () => {
  it("reads each MARIADB_*_FILE", async () => {
    const values = { ROOT_PASSWORD: ROOT, ROOT_HOST: "127.0.0.1", DATABASE: "orders", USER: "clerk", PASSWORD: "c2VjcmV0LWJhc2U2NA==" };
    const contents = Object.entries(values).map(([name, value]) => [name, `${value}\n`] as const);
    const container = await bench.start({
      env: Object.fromEntries(contents.map(([name]) => [`MARIADB_${name}_FILE`, `/run/secrets/${name}`])),
      binds: [`${bench.files(Object.fromEntries(contents))}:/run/secrets:ro`],
    });
    await container.settle();
    expect(await query(container, "USE orders; SELECT CURRENT_USER()", "clerk", values.PASSWORD)).toBe("clerk@%");
    expect(await query(container, "SELECT CURRENT_USER()", "root", ROOT)).toBe("root@127.0.0.1");
  }, 90_000);

  it("runs scripts as root of that host, in the order of their names, and takes conf.d; root has one password after it", async () => {
    const scripts = bench.files({
      "1.sql": "CREATE TABLE steps (name VARCHAR(20)); INSERT INTO steps VALUES (CURRENT_USER());",
      "2.sql.gz": gzipSync("INSERT INTO steps VALUES ('gz'); CREATE VIEW v AS SELECT * FROM steps;"),
      "3.sh": `docker_process_sql -e "INSERT INTO steps VALUES ('sourced')"`,
      "4.sh": 'MYSQL_PWD="$MYSQL_ROOT_PASSWORD" mariadb -uroot "$MYSQL_DATABASE" -e "INSERT INTO steps VALUES (\'root\')"',
    });
    const settings = bench.files({ "size.cnf": "[mysqld]\nmax_connections=77\n" });
    const container = await bench.start({ binds: [`${scripts}:/docker-entrypoint-initdb.d:ro`, `${settings}:/etc/mysql/conf.d:ro`] });
    expect(await container.settle()).toBe("healthy");
    expect(await query(container, "SELECT name FROM shop_db.v; SELECT @@max_connections")).toBe("root@localhost\ngz\nsourced\nroot\n77");
    const root = await query(container, "SHOW CREATE USER 'root'@'localhost'", "root", ROOT);
    expect(root).toMatch(/^CREATE USER `root`@`localhost` IDENTIFIED BY PASSWORD '\*[0-9A-F]{40}'$/);
    expect((await container.exec("ls", "/run/mysqld")).output).not.toContain("init");
  }, 90_000);

  it("fails when a script fails, keeps nothing, and succeeds after the script is mended", async () => {
    const volume = await bench.volume();
    const scripts = bench.files({ "1.sql": "CREATE TABLE a (b INT); SELECT nonsense;" });
    const options = { binds: [`${scripts}:/docker-entrypoint-initdb.d:ro`] };
    const broken = await bench.start(options, volume);
    expect(await broken.settle()).toBe("exited");
    expect(await errorOf(broken)).toBe("[entrypoint] error: /docker-entrypoint-initdb.d/1.sql failed; nothing was kept");
    writeFileSync(join(scripts, "1.sql"), "CREATE TABLE a (b INT);");
    expect(await (await bench.start(options, volume)).settle()).toBe("healthy");
  }, 90_000);

  it("fails where the settings make no statement that the server takes, and keeps nothing", async () => {
    const volume = await bench.volume();
    const broken = await bench.start({ env: { MYSQL_ROOT_PASSWORD: "a", MYSQL_USER: "x".repeat(129), MYSQL_PASSWORD: "b" } }, volume);
    expect(await broken.settle()).toBe("exited");
    expect(await errorOf(broken)).toBe("[entrypoint] error: the data directory could not be made, see above");
    expect(await (await bench.start({}, volume)).settle()).toBe("healthy");
  }, 90_000);
});
