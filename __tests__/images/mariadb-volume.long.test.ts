import { setTimeout as sleep } from "node:timers/promises";

import { mariadbRecipe } from "../../images/recipes/mariadb";
import { mysqlRecipe } from "../../images/recipes/mysql";
import { until, type HardenedContainer } from "./hardened-container";
import { errorOf, MySqlBench, PASSWORD, query } from "./mysql-bench";

const bench = new MySqlBench(mariadbRecipe);
beforeAll(async () => {
  await bench.mysql();
  await bench.image(mysqlRecipe);
}, 240_000);
afterAll(() => bench.close(), 60_000);

const killed = async (container: HardenedContainer): Promise<void> => {
  await container.kill();
  await until(
    () => container.inspect(),
    ({ State }) => State.Status === "exited",
  );
};

describe("a volume of the mariadb image", () => {
  it.each([
    [mysqlRecipe, mariadbRecipe, "/var/lib/mysql/data", "a data directory of MariaDB to /var/lib/mysql/mariadb"],
    [mariadbRecipe, mysqlRecipe, "/var/lib/mysql/mariadb", "a data directory to /var/lib/mysql/data"],
  ])(
    "fails on a volume of MySQL, as MySQL does on its own, and both leave the rows alone ($name first)",
    async (first, second, found, advice) => {
      const volume = await bench.volume();
      const owner = await bench.start({}, volume, first);
      await owner.settle();
      await query(owner, "CREATE TABLE shop_db.t (a INT); INSERT INTO shop_db.t VALUES (42)");
      expect((await owner.stop()).exitCode).toBe(0);
      const other = await bench.start({}, volume, second);
      expect(await other.wait()).toBe(1);
      expect(await errorOf(other)).toBe(
        `[entrypoint] error: /var/lib/mysql must be empty at the first start, got ${found}; use another volume, or move ${advice}`,
      );
      await owner.start();
      expect(await owner.settle()).toBe("healthy");
      expect(await query(owner, "SELECT a FROM shop_db.t")).toBe("42");
    },
    180_000,
  );

  it("ends well by SIGTERM, and finds its rows again, with another password of its health check", async () => {
    const volume = await bench.volume();
    const ofHealth = async (container: HardenedContainer): Promise<string> =>
      (await container.sh("sed -n 's/^password=//p' /run/mysqld/health.cnf")).output;
    const first = await bench.start({}, volume);
    await first.settle();
    const password = await ofHealth(first);
    await query(first, "CREATE TABLE shop_db.t (a INT); INSERT INTO shop_db.t VALUES (42)");
    expect((await first.stop()).exitCode).toBe(0);
    const second = await bench.start({ env: {} }, volume);
    expect(await second.settle()).toBe("healthy");
    expect(await query(second, "SELECT a FROM shop_db.t")).toBe("42");
    expect(await query(second, "SELECT 1", "health", await ofHealth(second))).toBe("1");
    expect(await query(second, "SELECT 1", "health", password)).toContain("Access denied");
  }, 120_000);

  it("stops within seconds during its first start", async () => {
    const container = await bench.start();
    await until(
      () => container.logs(),
      (logs) => logs.includes("making the data directory"),
    );
    expect((await container.stop()).exitCode).toBe(143);
  }, 60_000);

  it("is whole after SIGKILL at any moment of its first start", async () => {
    const volume = await bench.volume();
    const scripts = bench.files({ "1.sql": "CREATE TABLE marks (a INT); INSERT INTO marks VALUES (7);" });
    const container = await bench.start({ binds: [`${scripts}:/docker-entrypoint-initdb.d:ro`] }, volume);
    for (const milliseconds of [150, 700, 1500, 2500, 3500]) {
      await sleep(milliseconds);
      await killed(container);
      await container.start();
    }
    expect(await container.settle()).toBe("healthy");
    expect(await query(container, "SELECT a FROM shop_db.marks")).toBe("7");
    expect((await container.sh("ls -A /var/lib/mysql")).output).toBe(".lock\nmariadb\ntmp");
  }, 120_000);

  it("holds every acknowledged row after SIGKILL under inserts", async () => {
    const container = await bench.start();
    await container.settle();
    await query(container, "CREATE TABLE shop_db.t (a INT PRIMARY KEY)");
    const inserts = `seq 1 1000000 | sed 's/.*/INSERT INTO shop_db.t VALUES (&); SELECT &;/' |
      MYSQL_PWD='${PASSWORD.replaceAll("'", "'\\''")}' mariadb -h127.0.0.1 -uapp -nBN`;
    const acknowledged = container.sh(inserts);
    const written = await until(
      () => query(container, "SELECT COUNT(*) FROM shop_db.t"),
      (count) => Number(count) > 500,
      60_000,
    );
    expect(Number(written)).toBeGreaterThan(500);
    await killed(container);
    const last = (await acknowledged).output.split("\n").filter((line) => /^\d+$/.test(line)).length;
    expect(last).toBeGreaterThan(500);
    await container.start();
    expect(await container.settle()).toBe("healthy");
    const [count, highest] = (await query(container, "SELECT COUNT(*), MAX(a) FROM shop_db.t")).split("\t").map(Number);
    expect(count).toBe(highest);
    expect(count).toBeGreaterThanOrEqual(last);
  }, 120_000);

  it("runs other programs through its entrypoint, and prints its version", async () => {
    const server = await bench.run(await bench.mysql(), { cmd: ["--version"] });
    expect(await server.wait()).toBe(0);
    expect(await server.logs()).toMatch(/mariadbd\s+Ver 11\.8\./);
  }, 30_000);
});
