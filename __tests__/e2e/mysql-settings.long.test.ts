import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Authority } from "../hosts/certificates";
import { MySqlScene, type Handed } from "./mysql-scene";
import { poll } from "./poll";
import { REPOSITORY } from "./project";

const STACK = "e2e-settings";
const scene = new MySqlScene(
  STACK,
  `const database = new MySql(stack, "Database", {
  memoryMiB: 256,
  settings: {
    tls: step === 1 ? MySqlTls.generated() : MySqlTls.fromSecrets({ certificate: Secret.fromStore("db-cert"), key: Secret.fromStore("db-key") }),
    slowSeconds: 0.2,
    timeZone: "+09:00",
    collation: "utf8mb4_bin",
    fragments: { "10-limits": "[mysqld]\\nmax_connections=21" },
  },
});
database.allowFrom(client("Shop"), { as: "DATABASE", privileges: "schema" });`,
);
const folder = mkdtempSync(join(tmpdir(), "docker-tiers-settings-"));
const ENCRYPTED = { ssl: { rejectUnauthorized: false } };

let shop: Handed;

beforeAll(async () => {
  await scene.prepare();
  await scene.deploy(1);
  shop = await scene.handed("shop", "DATABASE");
});
afterAll(async () => {
  await scene.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** `tiers secrets ...`, with a key of this test's own. */
async function secrets(args: readonly string[], input = ""): Promise<void> {
  scene.project.variable("DOCKER_TIERS_IDENTITY", join(folder, "identity"));
  const { code, stderr } = await scene.project.run("node", [join(REPOSITORY, "dist/cli/bin.js"), "secrets", ...args], { input });
  if (code !== 0) throw new Error(`tiers secrets ${args.join(" ")} exited with ${String(code)}: ${stderr}`);
}

describe("a server with settings", () => {
  it("has the time zone, the collation and the option that were asked for", async () => {
    const asked = "SELECT @@time_zone, TIMEDIFF(NOW(), UTC_TIMESTAMP()), @@collation_server, @@max_connections";
    expect(await scene.ask(shop, asked, ENCRYPTED)).toEqual([["+09:00", "09:00:00", "utf8mb4_bin", 21]]);
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
    const authority = await Authority.create(join(folder, "authority"));
    const issued = await authority.issue("server", "database");
    await secrets(["init", STACK]);
    await secrets(["set", "db-cert", STACK], readFileSync(join(issued, "cert.pem"), "utf8"));
    await secrets(["set", "db-key", STACK], readFileSync(join(issued, "key.pem"), "utf8"));
    await scene.deploy(2);
    const stranger = await Authority.create(join(folder, "stranger"));
    const trusting = (ca: string) => ({ ssl: { ca: readFileSync(ca) } });
    expect(await scene.ask(shop, "SELECT 1", trusting(authority.certificate))).toEqual([[1]]);
    await expect(scene.ask(shop, "SELECT 1", trusting(stranger.certificate))).rejects.toThrow("unable to verify the first certificate");
  });
});
