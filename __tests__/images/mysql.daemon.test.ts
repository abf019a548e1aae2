import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { findImage } from "../../images/image-store";
import { mysqlRecipe } from "../../images/recipes/mysql";
import { env, errorOf, MySqlBench, PASSWORD, query, ROOT } from "./mysql-bench";

const bench = new MySqlBench();
beforeAll(async () => {
  await bench.mysql();
}, 180_000);
afterAll(() => bench.close(), 60_000);

describe("a first start of the mysql image", () => {
  it("is healthy within a minute as 999:999 without capabilities, on an image of at most 160 MB that it does not change", async () => {
    const container = await bench.start();
    expect(await container.settle()).toBe("healthy");
    expect((await findImage(bench.engine, mysqlRecipe))?.size).toBeLessThanOrEqual(160_000_000);
    expect((await container.sh("grep CapEff /proc/1/status; id -u")).output).toBe("CapEff:\t0000000000000000\n999");
    expect(await container.changes()).toEqual([]);
    expect((await container.exec("stat", "-c", "%u:%g %a", "/var/lib/mysql")).output).toBe("999:999 750");
  }, 90_000);

  it("makes database, user and root with passwords that are hard to quote, and shows no password", async () => {
    const container = await bench.start();
    await container.settle();
    expect(await query(container, "SELECT CURRENT_USER(), DATABASE() IS NULL; USE shop_db; CREATE TABLE t (a INT)")).toBe("app@%\t1");
    expect(await query(container, "SHOW GRANTS")).toContain("GRANT ALL PRIVILEGES ON `shop\\\\_db`.* TO `app`@`%`");
    expect(await query(container, "SELECT CURRENT_USER(); SELECT @@tmpdir", "root", ROOT)).toBe("root@%\n/var/lib/mysql/tmp");
    expect(await query(container, "SELECT 1", "root", "wrong")).toContain("Access denied");
    const seen = (await container.sh("tr '\\0' '\\n' </proc/1/environ; tr '\\0' ' ' </proc/1/cmdline; ls /run/mysqld")).output;
    expect(seen).toContain("MYSQL_DATABASE=shop_db");
    expect(seen).not.toContain("PASSWORD");
    expect(seen).not.toContain("init.sql");
    expect(await container.logs()).not.toContain(ROOT);
  }, 90_000);

  it("reads *_FILE, among them the password of the client's health check", async () => {
    const secrets = bench.files({ root: `${ROOT}\n`, password: "c2VjcmV0LWJhc2U2NA==\n" });
    const container = await bench.start({
      env: {
        MYSQL_ROOT_PASSWORD_FILE: "/run/secrets/root",
        MYSQL_DATABASE: "shop",
        MYSQL_USER: "app",
        MYSQL_PASSWORD_FILE: "/run/secrets/password",
      },
      binds: [`${secrets}:/run/secrets:ro`],
    });
    await container.settle();
    const probe =
      'printf \'[client]\\npassword="%s"\\n\' "$(cat "$MYSQL_PASSWORD_FILE")" | ' +
      'mysql --defaults-extra-file=/dev/stdin -h127.0.0.1 -u"$MYSQL_USER" -BNe \'SELECT 1\' "$MYSQL_DATABASE"';
    expect(await container.sh(probe)).toEqual({ exitCode: 0, output: "1" });
    expect(await query(container, "SELECT 2", "root", ROOT)).toBe("2");
  }, 90_000);

  it("leaves root without a password only when told to, and only where told to", async () => {
    const container = await bench.start({ env: { MYSQL_ALLOW_EMPTY_PASSWORD: "yes", MYSQL_ROOT_HOST: "localhost" } });
    await container.settle();
    const accounts = "SELECT host FROM mysql.user WHERE user = 'root'";
    expect((await container.exec("mysql", "-uroot", "-BNe", accounts)).output).toBe("localhost");
  }, 90_000);

  it("gives root a random password that nobody learns", async () => {
    const container = await bench.start({ env: { MYSQL_RANDOM_ROOT_PASSWORD: "yes", MYSQL_USER: "app", MYSQL_PASSWORD: PASSWORD } });
    await container.settle();
    expect((await container.exec("mysql", "-uroot", "-BNe", "SELECT 1")).output).toContain("Access denied");
    expect(await container.logs()).not.toMatch(/GENERATED|random/i);
    expect(await query(container, "SELECT 1")).toBe("1");
  }, 90_000);

  it("runs *.sh, *.sql and *.sql.gz in the order of their names, as root, and takes conf.d", async () => {
    const scripts = bench.files({
      "1.sql": "CREATE TABLE steps (name VARCHAR(20)); INSERT INTO steps VALUES ('sql');",
      "2.sql.gz": gzipSync("INSERT INTO steps VALUES ('gz'); CREATE VIEW v AS SELECT * FROM steps;"),
      "3.sh": `docker_process_sql -e "INSERT INTO steps VALUES ('sourced')"`,
      "4.sh": 'MYSQL_PWD="$MYSQL_ROOT_PASSWORD" mysql -uroot "$MYSQL_DATABASE" -e "INSERT INTO steps VALUES (\'root\')"',
      "readme.txt": "not a script",
    });
    const settings = bench.files({ "size.cnf": "[mysqld]\nmax_connections=77\n" });
    const container = await bench.start({ binds: [`${scripts}:/docker-entrypoint-initdb.d:ro`, `${settings}:/etc/mysql/conf.d:ro`] });
    expect(await container.settle()).toBe("healthy");
    expect(await query(container, "SELECT name FROM shop_db.v; SELECT @@max_connections")).toBe("sql\ngz\nsourced\nroot\n77");
    const passwords = "SELECT User_attributes FROM mysql.user WHERE user = 'root' AND host = 'localhost'";
    expect(await query(container, passwords, "root", ROOT)).toBe("NULL");
    expect((await container.exec("ls", "/run/mysqld")).output).not.toContain("init");
  }, 90_000);

  it("fails when a script fails, keeps nothing, and succeeds after the script is mended", async () => {
    const volume = await bench.volume();
    const scripts = bench.files({ "1.sql": "CREATE TABLE a (b INT); SELECT nonsense;" });
    const options = { binds: [`${scripts}:/docker-entrypoint-initdb.d:ro`] };
    const broken = await bench.start(options, volume);
    expect(await broken.settle()).toBe("exited");
    expect((await broken.inspect()).State.ExitCode).not.toBe(0);
    expect(await errorOf(broken)).toBe("[entrypoint] error: /docker-entrypoint-initdb.d/1.sql failed; nothing was kept");
    writeFileSync(join(scripts, "1.sql"), "CREATE TABLE a (b INT);");
    const mended = await bench.start(options, volume);
    expect(await mended.settle()).toBe("healthy");
  }, 90_000);

  it.each([
    [
      "no password of root",
      { MYSQL_DATABASE: "a" },
      "root must have a password, got none; set MYSQL_ROOT_PASSWORD_FILE, MYSQL_ROOT_PASSWORD or MYSQL_RANDOM_ROOT_PASSWORD",
    ],
    [
      "a password given twice",
      { ...env, MYSQL_PASSWORD_FILE: "/x" },
      "MYSQL_PASSWORD and MYSQL_PASSWORD_FILE must not both be set; remove one",
    ],
    [
      "a file that is not there",
      { MYSQL_ROOT_PASSWORD_FILE: "/absent" },
      "MYSQL_ROOT_PASSWORD_FILE must name a file that uid 999 can read, got /absent",
    ],
    ["a password of two lines", { MYSQL_ROOT_PASSWORD: "a\nb" }, "MYSQL_ROOT_PASSWORD must be one line"],
    ["root as the user", { ...env, MYSQL_USER: "root" }, "MYSQL_USER must not be root, which exists anyway; remove it"],
    [
      "a user without a password",
      { MYSQL_ROOT_PASSWORD: "a", MYSQL_USER: "b" },
      "MYSQL_USER must have a password, got none; set MYSQL_PASSWORD_FILE",
    ],
  ])(
    "fails with a sentence for %s",
    async (_case, given, message) => {
      const container = await bench.start({ env: given });
      expect(await container.wait()).toBe(1);
      expect(await errorOf(container)).toBe(`[entrypoint] error: ${message}`);
    },
    30_000,
  );
});
