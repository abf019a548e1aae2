import type { TerraformStack } from "cdktf";
import { MySql, type MigrationTexts } from "../../../constructs";
import { address, container, inStack, reachable, shopImage, synth } from "../synth";

const migrating =
  (...calls: readonly (readonly [MigrationTexts, string?])[]) =>
  (stack: TerraformStack): void => {
    const database = new MySql(stack, "Database", { image: shopImage(), memoryMiB: 256 });
    for (const [texts, name] of calls) database.migrate(texts, name === undefined ? {} : { database: name });
  };

const VERSIONS = {
  "10-index": "CREATE INDEX i ON t (a);",
  "2-more.sql": Buffer.from("CREATE TABLE u (a INT);"),
  "1-first": "CREATE TABLE t (a INT);",
};

describe("migrations", () => {
  const json = synth(migrating([VERSIONS]));
  const job = (number: number) => container(json, `Database/Migration-app/${String(number)}/Resource`);

  it("are a job each, in the order of their numbers, after the server", () => {
    const needs = (from: number, to: string): boolean =>
      reachable(json, address(json, "docker_container", `Database/Migration-app/${String(from)}/Resource`)).has(
        address(json, "docker_container", to),
      );
    expect(needs(1, "Database/Resource")).toBe(true);
    expect(needs(2, "Database/Migration-app/1/Resource")).toBe(true);
    expect(needs(10, "Database/Migration-app/2/Resource")).toBe(true);
    expect(needs(2, "Database/Migration-app/10/Resource")).toBe(false);
  });

  it("carry their text as it is, and its digest", () => {
    expect(job(1)["name"]).toBe("dev-database-migration-app-1");
    expect(job(1)["command"]).toMatchInlineSnapshot(`
      [
        "1-first",
        "d7cd921450ce8f8a50f8c321661635a1d1ba90feec8c1ef58366d35d6973d540",
        "CREATE DATABASE IF NOT EXISTS \`app\`; CREATE TABLE IF NOT EXISTS \`app\`.docker_tiers_migrations (version INT UNSIGNED PRIMARY KEY, name VARCHAR(255) NOT NULL, sha256 CHAR(64) NOT NULL, applied_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP) CHARACTER SET ascii",
        "SELECT sha256 FROM \`app\`.docker_tiers_migrations WHERE version = 1",
        "SELECT name FROM \`app\`.docker_tiers_migrations WHERE version > 1 ORDER BY version LIMIT 1",
        "INSERT INTO \`app\`.docker_tiers_migrations (version, name, sha256) VALUES (1, '1-first', 'd7cd921450ce8f8a50f8c321661635a1d1ba90feec8c1ef58366d35d6973d540')",
        "app",
        "plain",
        "CREATE TABLE t (a INT);",
      ]
    `);
    expect((job(2)["command"] as string[])[0]).toBe("2-more");
  });

  it.each([
    ["bytes that are no text", Buffer.from([0x27, 0xff, 0x00])],
    ["a text that is longer than an argument may be", Buffer.from("-".repeat(300_000))],
    ["characters that Terraform would compose", Buffer.from("'e\u0301'")],
  ])("carry %s in pieces of base64", (_what, text) => {
    const words = container(synth(migrating([{ "1": text }])), "Database/Migration-app/1/Resource")["command"] as string[];
    expect(words[7]).toBe("base64");
    expect(Buffer.from(words.slice(8).join(""), "base64").equals(text)).toBe(true);
    expect(words.filter((word) => word.length > 120_000)).toEqual([]);
  });

  it("leave the earlier ones as they are when one is added", () => {
    const more = synth(migrating([{ ...VERSIONS, "11-last": "SELECT 1" }]));
    expect(container(more, "Database/Migration-app/10/Resource")).toEqual(job(10));
  });

  it("of several databases are apart", () => {
    const both = synth(migrating([{ "1": "SELECT 1" }], [{ "1": "SELECT 2" }, "reports"]));
    expect(container(both, "Database/Migration-reports/1/Resource")["name"]).toBe("dev-database-migration-reports-1");
    expect(container(both, "Database/Migration-app/1/Resource")["name"]).toBe("dev-database-migration-app-1");
  });

  it.each<[string, MigrationTexts, string]>([
    ["none", {}, "migrations must be one at least, got none; leave the call out"],
    ["a name without a number", { first: "x" }, 'name must be a number, then "-" and a word, got "first"; use "1-visits"'],
    ["a number with a shell's signs", { "1-$(id)": "x" }, 'name must be a number, then "-" and a word, got "1-$(id)"; use "1-visits"'],
    [
      "a number that comes twice",
      { "1-a": "x", "01-b": "y" },
      'number must be one migration\'s, got "1-a" and "01-b"; give one a higher number',
    ],
    ["more than 1 MiB", { "1-a": "x".repeat(1_048_577) }, 'migration must be at most 1 MiB, got 1048577 bytes in "1-a"; part it'],
    [
      "half a character",
      { "1-a": "\ud800" },
      'migration must be whole Unicode characters, got half of a surrogate pair in "1-a"; give bytes',
    ],
    ["an empty text", { "1-a": "" }, 'migration must hold SQL, got nothing in "1-a"; leave it out'],
  ])("fail for %s", (_case, texts, message) => {
    expect(() => {
      inStack(migrating([texts]));
    }).toThrow(new Error(`MYSQL_MIGRATION: ${message} (at dev/Database/Migration-app)`));
  });

  it("fail for a database that is migrated twice", () => {
    expect(() => {
      inStack(migrating([{ "1": "x" }], [{ "2": "y" }]));
    }).toThrow(
      new Error('MYSQL_MIGRATION: database must be migrated by one call, got two for "app"; put the texts into one (at dev/Database)'),
    );
  });
});
