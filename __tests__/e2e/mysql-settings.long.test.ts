import { readFileSync } from "node:fs";
import { MySqlScene, type Handed } from "./mysql-scene";
import { poll } from "./poll";

const STACK = "e2e-settings";
const scene = new MySqlScene(
  STACK,
  `const database = new MySql(stack, "Database", {
  memoryMiB: 256,
  initSql: "CREATE TABLE greetings (word VARCHAR(20));\\nINSERT INTO greetings VALUES ('once');",
  settings: {
    tls: step === 1 ? MySqlTls.generated() : MySqlTls.fromSecrets({ certificate: Secret.fromStore("db-cert"), key: Secret.fromStore("db-key") }),
    slowSeconds: 0.2,
    timeZone: "+09:00",
    characterSet: "latin1",
    fragments: { "10-limits": "[mysqld]\\nmax_connections=21" },
  },
});
database.allowFrom(client("Shop"), { as: "DATABASE", privileges: "schema" });`,
);
const GREETINGS = "SELECT word FROM greetings";
const ENCRYPTED = { ssl: { rejectUnauthorized: false } };

let shop: Handed;

beforeAll(async () => {
  await scene.prepare();
  await scene.deploy(1);
  shop = await scene.handed("shop", "DATABASE");
});
afterAll(() => scene.remove());

describe("a server with settings", () => {
  it("has the time zone, the character set and the option that were asked for", async () => {
    const asked = "SELECT @@time_zone, TIMEDIFF(NOW(), UTC_TIMESTAMP()), @@character_set_server, @@max_connections";
    expect(await scene.ask(shop, asked, ENCRYPTED)).toEqual([["+09:00", "09:00:00", "latin1", 21]]);
  });

  it("has run the SQL of the first start, in a database of that character set", async () => {
    expect(await scene.ask(shop, GREETINGS, ENCRYPTED)).toEqual([["once"]]);
    expect(await scene.ask(shop, "SHOW CREATE TABLE greetings", ENCRYPTED)).toEqual([
      ["greetings", expect.stringContaining("DEFAULT CHARSET=latin1")],
    ]);
  });

  it("refuses a connection that is not encrypted, and encrypts others", async () => {
    expect(await scene.ask(shop, "SELECT 1")).toMatch(/ER_SECURE_TRANSPORT_REQUIRED|ER_ACCESS_DENIED_ERROR/);
    const [[, cipher] = []] = (await scene.ask(shop, "SHOW STATUS LIKE 'Ssl_cipher'", ENCRYPTED)) as string[][];
    expect(cipher).toMatch(/^TLS_|GCM|CHACHA/);
  });

  it("carries what is slow to its log, and what is fast not", async () => {
    await scene.ask(shop, "SELECT SLEEP(0.01), 'swift'", ENCRYPTED);
    await scene.ask(shop, "SELECT SLEEP(0.4), 'tardy'", ENCRYPTED);
    const { Id } = await scene.server();
    const slow = await poll("the slow log", 30, async () => {
      const { stdout, stderr } = await scene.project.run("docker", ["logs", Id]);
      return `${stdout}${stderr}`.includes("'tardy'") ? `${stdout}${stderr}` : undefined;
    });
    expect(slow).not.toContain("'swift'");
    expect(slow).not.toContain(shop.password);
  });

  it("shows the certificate of a secret, which a client can check", async () => {
    const [authority, stranger] = [await scene.authority("own"), await scene.authority("stranger")];
    await scene.storeCertificate(authority);
    await scene.deploy(2);
    const trusting = (ca: string) => ({ ssl: { ca: readFileSync(ca) } });
    expect(await scene.ask(shop, GREETINGS, trusting(authority.certificate))).toEqual([["once"]]);
    await expect(scene.ask(shop, "SELECT 1", trusting(stranger.certificate))).rejects.toThrow("unable to verify the first certificate");
  });
});
