import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MySqlScene, type Handed } from "./mysql-scene";
import { poll } from "./poll";

const STACK = "e2e-mariadb";
const scene = new MySqlScene(
  STACK,
  String.raw`const settings = {
  tls: step === 4 ? MySqlTls.generated() : MySqlTls.fromSecrets({ certificate: Secret.fromStore("db-cert"), key: Secret.fromStore("db-key") }),
  slowSeconds: 0.2, timeZone: "+09:00", collation: "utf8mb4_bin", fragments: { "10-limits": "[mysqld]\nmax_connections=21" },
};
const database = new MySql(stack, "Database", {
  engine: "mariadb", memoryMiB: 192, ...(step < 4 ? {} : { settings }),
  initSql: "CREATE TABLE greetings (word VARCHAR(20));\nINSERT INTO greetings VALUES ('once');",
});
database.allowFrom(client("Old"), { as: "DATABASE" });
const shop = client("Shop");
database.allowFrom(shop, { as: "SALES", privileges: step === 1 ? "read" : ["SELECT", "INSERT"] });
if (step === 1) {
  database.allowFrom(shop, { as: "REPORTS", database: "sales_2026" });
  database.allowFrom(client("Clerk"), { as: "REPORTS", database: "sales_2026", privileges: "schema" });
}
database.migrate({
  "1-visits": "CREATE TABLE visits (n INT);\nINSERT INTO visits VALUES (1);\n",
  "2-more": "DELIMITER //\nCREATE PROCEDURE more() BEGIN INSERT INTO visits VALUES (2); END//\nDELIMITER ;\nCALL more();",
  ...(step === 1 ? {} : { "3-rows": (step === 2 ? "INSERT INTO visits VALUES (3);\n\nINSERT INTO absent VALUES (3);" : "INSERT INTO visits VALUES (3)") }),
});`,
);

let old: Handed;
let shop: Handed;
let clerk: Handed;
const rows = (): Promise<unknown> => scene.answer(old, "SELECT n FROM visits ORDER BY n");

beforeAll(async () => {
  await scene.prepare();
  await scene.deploy(1);
  old = await scene.handed("old", "DATABASE");
  shop = await scene.handed("shop", "SALES");
  clerk = await scene.handed("clerk", "REPORTS");
});
afterAll(() => scene.remove());

describe("a deployed MariaDB", () => {
  it("lets clients in by accounts of their own, with what they were granted and no more", async () => {
    expect(await scene.answer(shop, "SELECT VERSION() LIKE '11.8.%MariaDB%'")).toEqual([[1]]);
    expect(await scene.ask(shop, "SELECT n FROM visits ORDER BY n")).toEqual([[1], [2]]);
    expect(await scene.ask(shop, "INSERT INTO visits VALUES (8)")).toBe("ER_TABLEACCESS_DENIED_ERROR");
    expect(await scene.ask(shop, "SELECT * FROM mysql.user")).toBe("ER_TABLEACCESS_DENIED_ERROR");
    expect(await scene.ask(clerk, "CREATE TABLE totals (n INT)")).toMatchObject({ affectedRows: 0 });
    expect(await scene.ask({ ...shop, database: "sales_2026" }, "INSERT INTO totals VALUES (1)")).toMatchObject({ affectedRows: 1 });
    expect(await scene.ask({ ...shop, database: "salesX2026" }, "SELECT 1")).toBe("ER_DBACCESS_DENIED_ERROR");
    expect(await scene.ask({ ...clerk, password: shop.password }, "SELECT 1")).toBe("ER_ACCESS_DENIED_ERROR");
  });

  it("plans no change, and shows its passwords to no inspection, log or state", async () => {
    expect(await scene.project.planned(STACK)).toEqual({});
    const containers = await scene.docker.containers(STACK);
    const logs = await Promise.all(containers.map(({ Id }) => scene.docker.run(["logs", Id])));
    const state = readFileSync(join(scene.project.directory, `terraform.${STACK}.tfstate`), "utf8");
    expect(state).toContain("sales_2026");
    const seen = [state, JSON.stringify(containers), ...logs];
    expect([old, shop, clerk].filter(({ password }) => seen.some((text) => text.includes(password)))).toEqual([]);
  });

  it("stops the deploy where a migration fails, says which and where, and keeps none of its rows", async () => {
    const printed = await scene.failing(2);
    expect(printed).toContain("ERROR 1146 (42S02) at line 3");
    expect(printed).toContain("MYSQL_MIGRATION: migration 3-rows must succeed");
    expect(await rows()).toEqual([[1], [2]]);
  });

  it("goes on with the mended text, and takes away what is not granted any more, while the server runs on", async () => {
    const { Id } = await scene.server();
    await scene.deploy(3);
    expect((await scene.server()).Id).toBe(Id);
    expect(await rows()).toEqual([[1], [2], [3]]);
    expect(await scene.ask(shop, "INSERT INTO visits VALUES (8)")).toMatchObject({ affectedRows: 1 });
    expect(await scene.ask({ ...shop, database: "sales_2026" }, "SELECT 1")).toBe("ER_DBACCESS_DENIED_ERROR");
    expect(await scene.ask(clerk, "SELECT 1")).toBe("ER_ACCESS_DENIED_ERROR");
  });

  it("holds every acknowledged row after SIGKILL under inserts", async () => {
    await scene.ask(old, "CREATE TABLE marks (n INT AUTO_INCREMENT PRIMARY KEY)");
    const { Id } = await scene.server();
    const writer = await scene.connect(old);
    let acknowledged = 0;
    const ended = (async () => {
      for (;;) {
        await writer.query("INSERT INTO marks VALUES ()");
        acknowledged += 1;
        if (acknowledged === 200) void scene.docker.run(["kill", "--signal", "KILL", Id]);
      }
    })();
    await expect(ended).rejects.toThrow();
    await scene.docker.run(["wait", Id]);
    await scene.docker.run(["start", Id]);
    const [[count] = []] = (await scene.answer(old, "SELECT COUNT(*) FROM marks")) as number[][];
    expect(acknowledged).toBeGreaterThanOrEqual(200);
    expect(count).toBeGreaterThanOrEqual(acknowledged);
  });

  it("finds rows, accounts and migrations after a destroy", async () => {
    await scene.project.destroy(STACK);
    await scene.deploy(3);
    expect(await rows()).toEqual([[1], [2], [3], [8]]);
    expect(await scene.ask(old, "SELECT word FROM greetings")).toEqual([["once"]]);
    expect(await scene.handed("shop", "SALES")).toEqual(shop);
    expect(await scene.ask(shop, "SELECT COUNT(*) FROM visits")).toEqual([[4]]);
  });

  it("takes the settings of a server, and refuses connections that are not encrypted", async () => {
    await scene.deploy(4);
    const encrypted = { ssl: { rejectUnauthorized: false } };
    const asked = "SELECT @@time_zone, @@collation_server, @@max_connections";
    expect(await scene.ask(shop, asked, encrypted)).toEqual([["+09:00", "utf8mb4_bin", 21]]);
    expect(await scene.ask(shop, "SELECT 1")).toMatch(/ER_SECURE_TRANSPORT_REQUIRED|ER_ACCESS_DENIED_ERROR|3159|4151/);
    await scene.ask(shop, "SELECT SLEEP(0.01), 'swift'", encrypted);
    await scene.ask(shop, "SELECT SLEEP(0.4), 'tardy'", encrypted);
    const { Id } = await scene.server();
    const slow = await poll("the slow log", 30, async () => {
      const { stdout, stderr } = await scene.project.run("docker", ["logs", Id]);
      return `${stdout}${stderr}`.includes("'tardy'") ? `${stdout}${stderr}` : undefined;
    });
    expect(slow).not.toContain("'swift'");
  });

  it("shows the certificate of a secret, which a client can check", async () => {
    const [authority, stranger] = [await scene.authority("own"), await scene.authority("stranger")];
    await scene.storeCertificate(authority);
    await scene.deploy(5);
    const trusting = (ca: string) => ({ ssl: { ca: readFileSync(ca) } });
    expect(await scene.ask(shop, "SELECT COUNT(*) FROM visits", trusting(authority.certificate))).toEqual([[4]]);
    await expect(scene.ask(shop, "SELECT 1", trusting(stranger.certificate))).rejects.toThrow("unable to verify the first certificate");
    expect(await scene.ask(shop, "SELECT 1")).toMatch(/ER_SECURE_TRANSPORT_REQUIRED|ER_ACCESS_DENIED_ERROR|3159|4151/);
    expect(await scene.project.planned(STACK)).toEqual({});
  });
});
