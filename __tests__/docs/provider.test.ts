import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DATA_SOURCES, RESOURCES } from "../../provider/resources";
import { callsTitle } from "./test-title";

const ROOT = resolve(__dirname, "../..");
const TESTS = join(ROOT, "__tests__/provider");
const page = readFileSync(join(ROOT, "docs/provider.md"), "utf8");

/** The part of the page below a heading. */
const section = (heading: string): string => page.split(/^#{2,3} /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
const rows = (heading: string): string[] =>
  section(heading)
    .split("\n")
    .filter((line) => /^\| (?!What|Type|Way|-)/.test(line));
const types = (heading: string): string[] =>
  rows(heading)
    .map((row) => /^\| `(\w+)`/.exec(row)?.[1] ?? row)
    .sort();

interface RecordedSchemas {
  readonly resource_schemas: Readonly<Record<string, unknown>>;
  readonly data_source_schemas: Readonly<Record<string, unknown>>;
}

describe("the page of the provider", () => {
  it("lists what the provider has", () => {
    expect(types("Resources")).toEqual(Object.keys(RESOURCES).sort());
    expect(types("Data sources")).toEqual(Object.keys(DATA_SOURCES).sort());
  });

  it("names as missing what only the public provider has", () => {
    const file = join(ROOT, "__tests__/fixtures/conformance/schema/4.5.0.json");
    const recorded = JSON.parse(readFileSync(file, "utf8")) as RecordedSchemas;
    const theirs = [...Object.keys(recorded.resource_schemas), ...Object.keys(recorded.data_source_schemas)];
    const absent = [...new Set(theirs)].filter((name) => !(name in RESOURCES) && !(name in DATA_SOURCES));
    const named = [...section("Missing").matchAll(/`(docker_\w+)`/g)].map(([, name]) => name);
    expect([...new Set(named)].sort()).toEqual(absent.sort());
  });

  it.each(["The same", "Better", "Missing"])("has a test for each line of what is %s", (heading) => {
    const claims = rows(heading);
    expect(claims.length).toBeGreaterThan(5);
    expect(claims.filter((row) => !isProven(row))).toEqual([]);
  });

  it("names only test files that are there", () => {
    const files = [...page.matchAll(/`(?:__tests__\/provider\/)?([\w./-]+\.test\.ts)`/g)].map(([, name]) => name);
    expect(files.filter((name) => !existsSync(join(TESTS, name ?? "")))).toEqual([]);
  });
});

/** True when the file of a row holds a test with this title. */
function isProven(row: string): boolean {
  const [, file = "", name = ""] = /\| `([\w./-]+)` › (.+?) +\|$/.exec(row) ?? [];
  return name !== "" && callsTitle(join(TESTS, file), name);
}
