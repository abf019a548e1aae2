import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { findImage } from "../../images/image-store";
import { mysqlRecipe } from "../../images/recipes/mysql";
import type { ExecResult, HardenedContainer } from "./hardened-container";
import { env, errorOf, MySqlBench, PASSWORD, query, ROOT } from "./mysql-bench";

const bench = new MySqlBench();
beforeAll(async () => {
  await bench.mysql();
}, 180_000);
afterAll(() => bench.close(), 60_000);

describe("a first start of the mysql image", () => {
  let container: HardenedContainer;
  beforeAll(async () => {
    container = await bench.start();
    await container.settle();
  }, 90_000);

  it("is healthy as 999:999 without capabilities, on an image of at most 160 MB that it does not change and that has no volume of its own", async () => {
    const image = await findImage(bench.engine, mysqlRecipe);
    expect(image?.size).toBeLessThanOrEqual(160_000_000);
    expect((await container.sh("grep CapEff /proc/1/status; id -u")).output).toBe("CapEff:\t0000000000000000\n999");
    expect(await container.changes()).toEqual([]);
    expect((await container.exec("stat", "-c", "%u:%g %a", "/var/lib/mysql")).output).toBe("999:999 750");
    const { Mounts, State } = await container.inspect();
    expect(State.Health?.Status).toBe("healthy");
    expect(Mounts.filter(({ Type }) => Type === "volume").map(({ Destination }) => Destination)).toEqual(["/var/lib/mysql"]);
  }, 60_000);

  it("makes database, user and root with passwords that are hard to quote, and shows no password", async () => {
    expect(await query(container, "SELECT CURRENT_USER(), DATABASE() IS NULL; USE shop_db; CREATE TABLE t (a INT)")).toBe("app@%\t1");
    expect(await query(container, "SHOW GRANTS")).toContain("GRANT ALL PRIVILEGES ON `shop\\\\_db`.* TO `app`@`%`");
    expect(await query(container, "SELECT CURRENT_USER(); SELECT @@tmpdir", "root", ROOT)).toBe("root@%\n/var/lib/mysql/tmp");
    expect(await query(container, "SELECT 1", "root", "wrong")).toContain("Access denied");
    const seen = (await container.sh("tr '\\0' '\\n' </proc/1/environ; tr '\\0' ' ' </proc/1/cmdline; ls /run/mysqld")).output;
    expect(seen).toContain("MYSQL_DATABASE=shop_db");
    expect(seen).not.toContain("PASSWORD");
    expect(seen).not.toContain("init.sql");
  }, 60_000);

  it("leaves no password in logs or files, where the same search finds one that was put there", async () => {
    // What quoting for SQL and for option files leaves as it is.
    const parts = ['"#x $HOME', '"#%s;--'].map((part) => `-e '${part}'`).join(" ");
    const search = `find /run /tmp /var/lib/mysql -type f | xargs grep -lF ${parts}`;
    expect((await container.sh(search)).output).toBe("");
    expect((await container.sh(`printf %s "$MYSQL_ROOT_PASSWORD" >/tmp/left; ${search}; rm /tmp/left`)).output).toBe("/tmp/left");
    const logs = await container.logs();
    expect(logs).toContain("ready for connections");
    expect([ROOT, PASSWORD].filter((password) => logs.includes(password))).toEqual([]);
  }, 60_000);

  it("has a health check by an account that may do nothing but log in", async () => {
    const health = (sql: string, ...options: string[]): Promise<ExecResult> =>
      container.exec("mysql", "--defaults-file=/run/mysqld/health.cnf", ...options, "-BNe", sql);
    expect((await health("SHOW GRANTS")).output).toBe("GRANT USAGE ON *.* TO `health`@`127.0.0.1`");
    expect((await health("SELECT @@version_comment; SELECT 1 FROM mysql.user")).output).toContain("SELECT command denied to user 'health'");
    expect((await health("STATUS", "--commands")).output).toMatch(/Connection:\s+127\.0\.0\.1 via TCP\/IP/);
  }, 60_000);

  it("dumps a database", async () => {
    const dump = await container.sh(`MYSQL_PWD="$MYSQL_PASSWORD" mysqldump -h127.0.0.1 -uapp --no-tablespaces shop_db`);
    expect(dump.output).toContain("-- Dump completed");
  }, 60_000);
});

describe("the mysql image", () => {
  it("reads each *_FILE, among them the password of the client's health check", async () => {
    const values = { ROOT_PASSWORD: ROOT, ROOT_HOST: "127.0.0.1", DATABASE: "orders", USER: "clerk", PASSWORD: "c2VjcmV0LWJhc2U2NA==" };
    const contents = Object.entries(values).map(([name, value]) => [name, `${value}\n`] as const);
    const container = await bench.start({
      env: Object.fromEntries(contents.map(([name]) => [`MYSQL_${name}_FILE`, `/run/secrets/${name}`])),
      binds: [`${bench.files(Object.fromEntries(contents))}:/run/secrets:ro`],
    });
    await container.settle();
    const probe =
      'printf \'[client]\\npassword="%s"\\n\' "$(cat "$MYSQL_PASSWORD_FILE")" | ' +
      "mysql --defaults-extra-file=/dev/stdin -h127.0.0.1 -uclerk -BNe 'SELECT CURRENT_USER(), DATABASE()' orders";
    expect(await container.sh(probe)).toEqual({ exitCode: 0, output: "clerk@%\torders" });
    expect(await query(container, "SELECT CURRENT_USER()", "root", ROOT)).toBe("root@127.0.0.1");
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
      "1.sql": "CREATE TABLE steps (name VARCHAR(20)); INSERT INTO steps VALUES (CURRENT_USER());",
      "2.sql.gz": gzipSync("INSERT INTO steps VALUES ('gz'); CREATE VIEW v AS SELECT * FROM steps;"),
      "3.sh": `docker_process_sql -e "INSERT INTO steps VALUES ('sourced')"`,
      "4.sh": 'MYSQL_PWD="$MYSQL_ROOT_PASSWORD" mysql -uroot "$MYSQL_DATABASE" -e "INSERT INTO steps VALUES (\'root\')"',
      "readme.txt": "not a script",
    });
    const settings = bench.files({ "size.cnf": "[mysqld]\nmax_connections=77\n" });
    const container = await bench.start({ binds: [`${scripts}:/docker-entrypoint-initdb.d:ro`, `${settings}:/etc/mysql/conf.d:ro`] });
    expect(await container.settle()).toBe("healthy");
    expect(await query(container, "SELECT name FROM shop_db.v; SELECT @@max_connections")).toBe("root@localhost\ngz\nsourced\nroot\n77");
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

  it("fails as root", async () => {
    const container = await bench.start({ user: "0:0" });
    expect(await container.wait()).toBe(1);
    expect(await errorOf(container)).toBe("[entrypoint] error: the server must not run as root; run the container as 999:999");
  }, 30_000);

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
