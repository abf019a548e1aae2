import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../constructs";
import { hasTitle } from "./test-title";

const PAGE = "docs/nouns.md";
const page = readFileSync(join(packageRoot(), PAGE), "utf8");

/** The cells of each row below the heading. */
const rows = page
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .slice(2)
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, seed = "", noun = "", tests = ""]) => ({ seed, noun, tests: tests.split("<br>") }));

/** Why a cell such as "`__tests__/a.test.ts` › does this" proves nothing; undefined when its file holds the words. */
function faultOf(cell: string): string | undefined {
  const [, file = "", name = ""] = /^`(__tests__\/[\w./-]+\.ts)` › (.+)$/.exec(cell) ?? [];
  if (name === "") return `${cell}: write \`__tests__/file.test.ts\` › name`;
  const path = join(packageRoot(), file);
  if (!existsSync(path)) return `${file} is not there`;
  return hasTitle(path, name) ? undefined : `${file} has no "${name}"`;
}

/** What the practice of Docker hosts asks for. */
const SEEDS = [
  ...["bridge", "host", "ipvlan", "macvlan", "null", "overlay"].map((driver) => `network \`${driver}\``),
  ...["awslogs", "fluentd", "gcplogs", "gelf", "journald", "json-file", "local", "logentries", "splunk", "syslog"].map(
    (driver) => `log driver \`${driver}\``,
  ),
  ...["mount", "PID", "network", "IPC", "hostname (UTS)", "UID (user)"].map((kind) => `${kind} namespace`),
  ...["volume `local`", "memory", "block I/O", "CPU", "svc, logs, data", "exact versions", "aliases", "layers"],
];

describe("the table of nouns", () => {
  it.each(SEEDS)("has a row for %s", (seed) => {
    expect(rows.filter((row) => row.seed.startsWith(seed))).not.toEqual([]);
  });

  it.each(rows)("$seed has a noun and tests that are there", ({ noun, tests }) => {
    expect(noun).not.toBe("");
    expect(tests.flatMap((cell) => faultOf(cell) ?? [])).toEqual([]);
  });

  it("links to pages that are there", () => {
    const links = [...page.matchAll(/\]\(([\w./-]+)\)/g)].map(([, path = ""]) => join(packageRoot(), "docs", path));
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((path) => !existsSync(path))).toEqual([]);
  });

  it("fails for a test without a name, in a file that is not there, and in one that does not have it", () => {
    expect(faultOf("`docs/nouns.md`")).toContain("write `__tests__/file.test.ts` › name");
    expect(faultOf("`__tests__/docs/gone.test.ts` › is there")).toBe("__tests__/docs/gone.test.ts is not there");
    const absent = ["is", "not", "there"].join(" ");
    expect(faultOf(`\`__tests__/docs/nouns.test.ts\` › ${absent}`)).toBe(`__tests__/docs/nouns.test.ts has no "${absent}"`);
  });
});
