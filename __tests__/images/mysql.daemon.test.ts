import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";

import { findImage } from "../../images/image-store";
import { mysqlRecipe } from "../../images/recipes/mysql";
import { Bench, until, type HardenedContainer, type RunOptions } from "./hardened-container";

const bench = new Bench();
/** Hard to quote in a shell, in SQL and in an option file. */
const ROOT = `ro'o\\t"#x $HOME`;
const PASSWORD = `p'\\"#%s;--`;
const tmpfs = { "/run/mysqld": "uid=999,mode=0755", "/tmp": "size=16m" };
const env = { MYSQL_ROOT_PASSWORD: ROOT, MYSQL_DATABASE: "shop_db", MYSQL_USER: "app", MYSQL_PASSWORD: PASSWORD };
let image: string;
let directory: string;

beforeAll(async () => {
  image = await bench.image(mysqlRecipe);
  directory = mkdtempSync(join(tmpdir(), "docker-tiers-mysql-"));
  chmodSync(directory, 0o755);
}, 180_000);
afterAll(async () => {
  await bench.close();
  rmSync(directory, { recursive: true });
}, 60_000);

/** A directory of files that uid 999 can read. */
function files(contents: Readonly<Record<string, string | Buffer>>, mode = 0o644): string {
  const folder = mkdtempSync(join(directory, "mount-"));
  chmodSync(folder, 0o755);
  for (const [name, content] of Object.entries(contents)) {
    writeFileSync(join(folder, name), content);
    chmodSync(join(folder, name), mode);
  }
  return folder;
}

async function start(options: RunOptions = {}, volume?: string): Promise<HardenedContainer> {
  const data = `${volume ?? (await bench.volume())}:/var/lib/mysql`;
  return bench.run(image, { env, ...options, tmpfs, binds: [data, ...(options.binds ?? [])] });
}

/** Runs SQL over TCP as the application, or as root. */
async function query(container: HardenedContainer, sql: string, user = "app", password = PASSWORD): Promise<string> {
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const { output } = await container.sh(`MYSQL_PWD=${quoted(password)} mysql -h127.0.0.1 -u${user} -BN -e ${quoted(sql)} 2>&1`);
  return output;
}

const errorOf = async (container: HardenedContainer): Promise<string> =>
  (await container.logs())
    .split("\n")
    .filter((line) => line.startsWith("[entrypoint] error: "))
    .join("\n");

describe("a first start of the mysql image", () => {
  it("is healthy within a minute as 999:999 without capabilities, on an image of at most 160 MB that it does not change", async () => {
    const container = await start();
    expect(await container.settle()).toBe("healthy");
    expect((await findImage(bench.engine, mysqlRecipe))?.size).toBeLessThanOrEqual(160_000_000);
    expect((await container.sh("grep CapEff /proc/1/status; id -u")).output).toBe("CapEff:\t0000000000000000\n999");
    expect(await container.changes()).toEqual([]);
    expect((await container.exec("stat", "-c", "%u:%g %a", "/var/lib/mysql")).output).toBe("999:999 750");
  }, 90_000);

  it("makes database, user and root with passwords that are hard to quote, and shows no password", async () => {
    const container = await start();
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
    const secrets = files({ root: `${ROOT}\n`, password: "c2VjcmV0LWJhc2U2NA==\n" });
    const container = await start({
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
    const container = await start({ env: { MYSQL_ALLOW_EMPTY_PASSWORD: "yes", MYSQL_ROOT_HOST: "localhost" } });
    await container.settle();
    const accounts = "SELECT host FROM mysql.user WHERE user = 'root'";
    expect((await container.exec("mysql", "-uroot", "-BNe", accounts)).output).toBe("localhost");
  }, 90_000);

  it("gives root a random password that nobody learns", async () => {
    const container = await start({ env: { MYSQL_RANDOM_ROOT_PASSWORD: "yes", MYSQL_USER: "app", MYSQL_PASSWORD: PASSWORD } });
    await container.settle();
    expect((await container.exec("mysql", "-uroot", "-BNe", "SELECT 1")).output).toContain("Access denied");
    expect(await container.logs()).not.toMatch(/GENERATED|random/i);
    expect(await query(container, "SELECT 1")).toBe("1");
  }, 90_000);

  it("runs *.sh, *.sql and *.sql.gz in the order of their names, as root, and takes conf.d", async () => {
    const scripts = files({
      "1.sql": "CREATE TABLE steps (name VARCHAR(20)); INSERT INTO steps VALUES ('sql');",
      "2.sql.gz": gzipSync("INSERT INTO steps VALUES ('gz'); CREATE VIEW v AS SELECT * FROM steps;"),
      "3.sh": `docker_process_sql -e "INSERT INTO steps VALUES ('sourced')"`,
      "4.sh": 'MYSQL_PWD="$MYSQL_ROOT_PASSWORD" mysql -uroot "$MYSQL_DATABASE" -e "INSERT INTO steps VALUES (\'root\')"',
      "readme.txt": "not a script",
    });
    const settings = files({ "size.cnf": "[mysqld]\nmax_connections=77\n" });
    const container = await start({ binds: [`${scripts}:/docker-entrypoint-initdb.d:ro`, `${settings}:/etc/mysql/conf.d:ro`] });
    expect(await container.settle()).toBe("healthy");
    expect(await query(container, "SELECT name FROM shop_db.v; SELECT @@max_connections")).toBe("sql\ngz\nsourced\nroot\n77");
    const passwords = "SELECT User_attributes FROM mysql.user WHERE user = 'root' AND host = 'localhost'";
    expect(await query(container, passwords, "root", ROOT)).toBe("NULL");
    expect((await container.exec("ls", "/run/mysqld")).output).not.toContain("init");
  }, 90_000);

  it("fails when a script fails, keeps nothing, and succeeds after the script is mended", async () => {
    const volume = await bench.volume();
    const scripts = files({ "1.sql": "CREATE TABLE a (b INT); SELECT nonsense;" });
    const options = { binds: [`${scripts}:/docker-entrypoint-initdb.d:ro`] };
    const broken = await start(options, volume);
    expect(await broken.settle()).toBe("exited");
    expect((await broken.inspect()).State.ExitCode).not.toBe(0);
    expect(await errorOf(broken)).toBe("[entrypoint] error: /docker-entrypoint-initdb.d/1.sql failed; nothing was kept");
    writeFileSync(join(scripts, "1.sql"), "CREATE TABLE a (b INT);");
    const mended = await start(options, volume);
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
      const container = await start({ env: given });
      expect(await container.wait()).toBe(1);
      expect(await errorOf(container)).toBe(`[entrypoint] error: ${message}`);
    },
    30_000,
  );

  it("fails on a volume with somebody else's files, and leaves them alone", async () => {
    const volume = await bench.volume();
    const writer = await bench.run(image, {
      cmd: ["sh", "-c", "echo precious > /var/lib/mysql/ibdata1"],
      binds: [`${volume}:/var/lib/mysql`],
    });
    await writer.wait();
    const container = await start({}, volume);
    expect(await container.wait()).toBe(1);
    expect(await errorOf(container)).toBe(
      "[entrypoint] error: /var/lib/mysql must be empty at the first start, got /var/lib/mysql/ibdata1; use another volume, or move a data directory to /var/lib/mysql/data",
    );
    const reader = await bench.run(image, { cmd: ["cat", "/var/lib/mysql/ibdata1"], binds: [`${volume}:/var/lib/mysql`] });
    await reader.wait();
    expect(await reader.logs()).toBe("precious\n");
  }, 60_000);
});

describe("the mysql image", () => {
  it("fails for a second server on the same volume, which the first one does not notice", async () => {
    const volume = await bench.volume();
    const first = await start({}, volume);
    await first.settle();
    const second = await start({}, volume);
    expect(await second.wait()).toBe(1);
    expect(await errorOf(second)).toBe(
      "[entrypoint] error: /var/lib/mysql must belong to one server, got another that runs on it; stop that one",
    );
    expect(await query(first, "SELECT 1")).toBe("1");
  }, 90_000);

  it("ends well by SIGTERM, and finds its rows and passwords again without any setting", async () => {
    const volume = await bench.volume();
    const first = await start({}, volume);
    await first.settle();
    await query(first, "CREATE TABLE shop_db.t (a INT); INSERT INTO shop_db.t VALUES (42)");
    const { exitCode, milliseconds } = await first.stop();
    expect(exitCode).toBe(0);
    expect(milliseconds).toBeLessThan(20_000);
    const second = await start({ env: {} }, volume);
    expect(await second.settle()).toBe("healthy");
    expect(await query(second, "SELECT a FROM shop_db.t")).toBe("42");
  }, 120_000);

  it("stops within seconds during its first start", async () => {
    const container = await start();
    await until(
      () => container.logs(),
      (logs) => logs.includes("making the data directory"),
    );
    const { exitCode, milliseconds } = await container.stop();
    expect(exitCode).toBe(143);
    expect(milliseconds).toBeLessThan(15_000);
  }, 60_000);

  it("recovers from SIGKILL at any moment of its first start", async () => {
    const volume = await bench.volume();
    const scripts = files({ "1.sql": "CREATE TABLE marks (a INT); INSERT INTO marks VALUES (7);" });
    const container = await start({ binds: [`${scripts}:/docker-entrypoint-initdb.d:ro`] }, volume);
    for (const milliseconds of [150, 700, 1500, 2500, 3500, 4500]) {
      await sleep(milliseconds);
      await container.kill();
      await until(
        () => container.inspect(),
        ({ State }) => State.Status === "exited",
      );
      await container.start();
    }
    expect(await container.settle()).toBe("healthy");
    expect(await query(container, "SELECT a FROM shop_db.marks")).toBe("7");
    expect((await container.sh("ls -A /var/lib/mysql")).output).toBe(".lock\ndata\ntmp");
  }, 120_000);

  it("runs other programs through its entrypoint, and prints its version", async () => {
    const client = await bench.run(image, { cmd: ["mysql", "--version"] });
    expect(await client.wait()).toBe(0);
    expect(await client.logs()).toMatch(/Ver 9\.7\./);
    const server = await bench.run(image, { cmd: ["--version"] });
    expect(await server.wait()).toBe(0);
    expect(await server.logs()).toMatch(/mysqld\s+Ver 9\.7\./);
  }, 30_000);

  it("dumps a database", async () => {
    const container = await start();
    await container.settle();
    const dump = await container.sh(`MYSQL_PWD="$MYSQL_PASSWORD" mysqldump -h127.0.0.1 -uapp --no-tablespaces shop_db`);
    expect(dump.output).toContain("-- Dump completed");
  }, 90_000);
});
