import { setTimeout as sleep } from "node:timers/promises";

import { until, type HardenedContainer } from "./hardened-container";
import { errorOf, MySqlBench, query } from "./mysql-bench";

const bench = new MySqlBench();
beforeAll(async () => {
  await bench.mysql();
}, 180_000);
afterAll(() => bench.close(), 60_000);

describe("the mysql image", () => {
  it("fails on a volume with somebody else's files, and leaves them alone", async () => {
    const volume = await bench.volume();
    const writer = await bench.run(await bench.mysql(), {
      cmd: ["sh", "-c", "echo precious > /var/lib/mysql/ibdata1"],
      binds: [`${volume}:/var/lib/mysql`],
    });
    await writer.wait();
    const container = await bench.start({}, volume);
    expect(await container.wait()).toBe(1);
    expect(await errorOf(container)).toBe(
      "[entrypoint] error: /var/lib/mysql must be empty at the first start, got /var/lib/mysql/ibdata1; use another volume, or move a data directory to /var/lib/mysql/data",
    );
    const reader = await bench.run(await bench.mysql(), { cmd: ["cat", "/var/lib/mysql/ibdata1"], binds: [`${volume}:/var/lib/mysql`] });
    await reader.wait();
    expect(await reader.logs()).toBe("precious\n");
  }, 60_000);

  it.each(["data", "tmp"])(
    "fails on a volume of the official image that has a schema called %s, and leaves it alone",
    async (schema) => {
      const volume = await bench.volume();
      const official = "cd /var/lib/mysql && touch ibdata1 mysql.ibd && mkdir mysql sys $0 && echo precious >$0/mysql.ibd";
      const binds = [`${volume}:/var/lib/mysql`];
      const writer = await bench.run(await bench.mysql(), { cmd: ["sh", "-c", official, schema], binds });
      expect(await writer.wait()).toBe(0);
      const container = await bench.start({}, volume);
      expect(await container.wait()).toBe(1);
      expect(await errorOf(container)).toContain("/var/lib/mysql must be empty at the first start, got ");
      const reader = await bench.run(await bench.mysql(), { cmd: ["cat", `/var/lib/mysql/${schema}/mysql.ibd`], binds });
      expect(await reader.wait()).toBe(0);
      expect(await reader.logs()).toBe("precious\n");
    },
    60_000,
  );

  it("fails for a second server on the same volume, which the first one does not notice", async () => {
    const volume = await bench.volume();
    const first = await bench.start({}, volume);
    await first.settle();
    const second = await bench.start({}, volume);
    expect(await second.wait()).toBe(1);
    expect(await errorOf(second)).toBe(
      "[entrypoint] error: /var/lib/mysql must belong to one server, got another that runs on it; stop that one",
    );
    expect(await query(first, "SELECT 1")).toBe("1");
  }, 90_000);

  it("ends well by SIGTERM, and starts again with its rows and passwords, no script run twice, and another password of its health check", async () => {
    const volume = await bench.volume();
    const scripts = bench.files({ "1.sql": "CREATE TABLE t (a INT); INSERT INTO t VALUES (42);" });
    const binds = [`${scripts}:/docker-entrypoint-initdb.d:ro`];
    const ofHealth = async (container: HardenedContainer): Promise<string> =>
      (await container.sh("sed -n 's/^password=//p' /run/mysqld/health.cnf")).output;
    const first = await bench.start({ binds }, volume);
    await first.settle();
    const password = await ofHealth(first);
    expect((await first.stop()).exitCode).toBe(0);
    const second = await bench.start({ env: {}, binds }, volume);
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
    const { exitCode } = await container.stop();
    expect(exitCode).toBe(143);
  }, 60_000);

  it("recovers from SIGKILL at any moment of its first start", async () => {
    const volume = await bench.volume();
    const scripts = bench.files({ "1.sql": "CREATE TABLE marks (a INT); INSERT INTO marks VALUES (7);" });
    const container = await bench.start({ binds: [`${scripts}:/docker-entrypoint-initdb.d:ro`] }, volume);
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
    const client = await bench.run(await bench.mysql(), { cmd: ["mysql", "--version"] });
    expect(await client.wait()).toBe(0);
    expect(await client.logs()).toMatch(/Ver 9\.7\./);
    const server = await bench.run(await bench.mysql(), { cmd: ["--version"] });
    expect(await server.wait()).toBe(0);
    expect(await server.logs()).toMatch(/mysqld\s+Ver 9\.7\./);
  }, 30_000);
});
