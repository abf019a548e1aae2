import { MySqlScene, type Handed } from "./mysql-scene";

const scene = new MySqlScene(
  "e2e-migrations",
  String.raw`const database = new MySql(stack, "Database", { memoryMiB: 256 });
database.allowFrom(client("Shop"), { as: "DATABASE" });
const first = "CREATE TABLE visits (n INT);\nINSERT INTO visits VALUES (1);\n";
const second = "DELIMITER //\nCREATE PROCEDURE more() BEGIN INSERT INTO visits VALUES (2); END//\nDELIMITER ;\nCALL more();";
const broken = "INSERT INTO visits VALUES (3);\n\nINSERT INTO absent VALUES (3);";
const mended = "INSERT INTO visits VALUES (3); -- '\`\${jndi}\n";
database.migrate({
  "1-visits": step === 4 ? first + "-- reworded" : first,
  "2-more": second,
  ...(step === 1 ? {} : { "3-rows.sql": step === 2 ? broken : mended }),
  ...(step === 5 ? { "10-last": "INSERT INTO visits VALUES (10)" } : {}),
});`,
);

let shop: Handed;
const rows = (): Promise<unknown> => scene.answer(shop, "SELECT n FROM visits ORDER BY n");
const versions = (): Promise<unknown> => scene.answer(shop, "SELECT version, name FROM docker_tiers_migrations ORDER BY version");

beforeAll(async () => {
  await scene.prepare();
  await scene.deploy(1);
  shop = await scene.handed("shop", "DATABASE");
});
afterAll(() => scene.remove());

describe("migrations of a deployed database", () => {
  it("are applied in their order, and noted", async () => {
    expect(await rows()).toEqual([[1], [2]]);
    expect(await versions()).toEqual([
      [1, "1-visits"],
      [2, "2-more"],
    ]);
    expect(await scene.project.planned(scene.stack)).toEqual({});
  });

  it("stop the deploy where one fails, say which and where, and keep none of its rows", async () => {
    const printed = await scene.failing(2);
    expect(printed).toContain("ERROR 1146 (42S02) at line 3: Table 'app.absent' doesn't exist");
    expect(printed).toContain("MYSQL_MIGRATION: migration 3-rows must succeed");
    expect(await rows()).toEqual([[1], [2]]);
  });

  it("go on from there with the mended text, without a word to those that are applied and to the server", async () => {
    const { Id } = await scene.server();
    await scene.deploy(3);
    expect(await rows()).toEqual([[1], [2], [3]]);
    expect((await scene.server()).Id).toBe(Id);
  });

  it("refuse another text for one that is applied, and go on when it is restored", async () => {
    expect(await scene.failing(4)).toContain("MYSQL_MIGRATION: text of migration 1-visits must stay as it was applied");
    await scene.deploy(5);
    expect(await rows()).toEqual([[1], [2], [3], [10]]);
  });

  it("do nothing on kept data after a destroy", async () => {
    await scene.project.destroy(scene.stack);
    await scene.deploy(5);
    expect(await rows()).toEqual([[1], [2], [3], [10]]);
    const { Id } = (await scene.docker.containers(scene.stack, "migration-app-10"))[0] ?? { Id: "" };
    expect((await scene.docker.run(["logs", Id])).trim()).toBe("migration 10-last: was applied before");
  });
});
