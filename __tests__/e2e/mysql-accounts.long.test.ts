import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MySqlScene, type Handed } from "./mysql-scene";

const scene = new MySqlScene(
  "e2e-accounts",
  `const database = new MySql(stack, "Database", { memoryMiB: 256, dropsAccounts: step === 4 });
database.allowFrom(client("Old"), { as: "DATABASE" });
const shop = client("Shop");
if (step === 2 || step === 3) database.allowFrom(shop, { as: "SALES", privileges: step === 2 ? "read" : ["SELECT", "INSERT"] });
if (step === 2) {
  database.allowFrom(shop, { as: "REPORTS", database: "sales_2026" });
  database.allowFrom(client("Clerk"), { as: "REPORTS", database: "sales_2026", privileges: "schema" });
}`,
);

let old: Handed;
let shop: Handed;
let clerk: Handed;

beforeAll(async () => {
  await scene.prepare();
  await scene.deploy(1);
  old = await scene.handed("old", "DATABASE");
  await scene.answer(old, "CREATE TABLE visits (n INT)");
  await scene.answer(old, "INSERT INTO visits VALUES (7)");
});
afterAll(() => scene.remove());

describe("a client with an account of its own", () => {
  it("gets it in a database that was there before, with what it was granted and no more", async () => {
    await scene.deploy(2);
    shop = await scene.handed("shop", "SALES");
    clerk = await scene.handed("clerk", "REPORTS");
    expect([shop.user, shop.database, clerk.user, clerk.database]).toEqual(["shop", "app", "clerk", "sales_2026"]);
    expect(new Set([old, shop, clerk].map(({ password }) => password)).size).toBe(3);
    expect(await scene.answer(shop, "SELECT n FROM visits")).toEqual([[7]]);
    expect(await scene.ask(shop, "INSERT INTO visits VALUES (8)")).toBe("ER_TABLEACCESS_DENIED_ERROR");
    expect(await scene.ask(shop, "CREATE TABLE t (n INT)")).toBe("ER_TABLEACCESS_DENIED_ERROR");
    expect(await scene.ask(shop, "SELECT * FROM mysql.user")).toBe("ER_TABLEACCESS_DENIED_ERROR");
    expect(await scene.ask(clerk, "CREATE TABLE totals (n INT)")).toMatchObject({ affectedRows: 0 });
    expect(await scene.ask({ ...clerk, database: "app" }, "SELECT 1")).toBe("ER_DBACCESS_DENIED_ERROR");
  });

  it("has one account for all its databases, and a password that opens no other account", async () => {
    const reports = await scene.handed("shop", "REPORTS");
    expect(reports).toEqual({ ...shop, database: "sales_2026" });
    expect(await scene.ask(reports, "INSERT INTO totals VALUES (1)")).toMatchObject({ affectedRows: 1 });
    expect(await scene.ask({ ...clerk, password: shop.password }, "SELECT 1")).toBe("ER_ACCESS_DENIED_ERROR");
    // The name holds a wildcard of grants, which must stand for itself.
    expect(await scene.ask({ ...reports, database: "salesX2026" }, "SELECT 1")).toBe("ER_DBACCESS_DENIED_ERROR");
  });

  it("shows its password to no inspection, log, state or plan", async () => {
    const state = readFileSync(join(scene.project.directory, "terraform.e2e-accounts.tfstate"), "utf8");
    const containers = await scene.docker.containers(scene.stack);
    const inspected = JSON.stringify(containers);
    const logs = await Promise.all(containers.map(({ Id }) => scene.docker.run(["logs", Id])));
    for (const { password } of [old, shop, clerk]) for (const text of [state, inspected, ...logs]) expect(text).not.toContain(password);
    expect(state).toContain("sales_2026");
  });

  it("has other privileges after the next deploy, while the server runs on; whoever is gone has no account", async () => {
    const before = await scene.server();
    const open = await scene.connect(clerk);
    const ended = new Promise((resolve) => void open.on("error", resolve));
    await scene.deploy(3);
    expect((await scene.server()).Id).toBe(before.Id);
    await ended;
    expect(await scene.ask(shop, "INSERT INTO visits VALUES (8)")).toMatchObject({ affectedRows: 1 });
    expect(await scene.ask({ ...shop, database: "sales_2026" }, "SELECT 1")).toBe("ER_DBACCESS_DENIED_ERROR");
    expect(await scene.ask(clerk, "SELECT 1")).toBe("ER_ACCESS_DENIED_ERROR");
    expect(await scene.project.planned(scene.stack)).toEqual({});
  });

  it("loses it as the last one where accounts are dropped; data and the account of all stay", async () => {
    await scene.deploy(4);
    expect(await scene.ask(shop, "SELECT 1")).toBe("ER_ACCESS_DENIED_ERROR");
    expect(await scene.answer(old, "SELECT n FROM visits")).toEqual([[7], [8]]);
  });
});
