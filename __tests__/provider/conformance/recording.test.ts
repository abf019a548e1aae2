import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { caseImports, caseNames, recording, recordingNames } from "./recording";
import { same } from "./values";

const TESTS = join(__dirname, "..");

/** All cases of the corpus: one that is left out, or comes without a test, is noticed. */
const CASES = [
  ...[
    "bad-image",
    "failing",
    "full",
    "many-for-each",
    "minimal",
    "name-taken",
    "network-mode",
    "no-start",
    "one-shot",
    "unhealthy",
    "upload",
  ].map((name) => `container-${name}`),
  "data-sources",
  "image-build",
  "image-local",
  "network-full",
  "network-ipv6",
  "network-minimal",
  "swarm-config-secret",
  "swarm-service",
  "tag",
  "volume-full",
  "volume-minimal",
];

/** Titles of tests in files that make swarms. */
const titles = readdirSync(TESTS)
  .filter((file) => /^swarm-.*\.test\.ts$/.test(file))
  .flatMap((file) => [...readFileSync(join(TESTS, file), "utf8").matchAll(/\bit\("([\w-]+): [^]*?differences\("([\w-]+)"\)/g)]);

describe("the recorded cases", () => {
  it("are all there, each with its recording", () => {
    expect(caseNames()).toEqual(CASES);
    expect(recordingNames()).toEqual(CASES);
  });

  it("of a swarm have a test each that says so: the others are listed by their directory", () => {
    const swarm = CASES.filter((name) => name.startsWith("swarm-"));
    expect(titles.map(([, title]) => title).sort()).toEqual(swarm);
    expect(titles.map(([, , held]) => held).sort()).toEqual(swarm);
  });

  it("record an import for each that they import, and for no other", () => {
    const imported = CASES.filter((name) => caseImports(name).length > 0);
    expect(imported).toHaveLength(6);
    for (const name of CASES) expect(Object.keys(recording(name).import ?? {})).toEqual(caseImports(name).map(({ address }) => address));
  });
});

describe("a value", () => {
  it("is as recorded where the engine chooses it, in any order, or unset in another way", () => {
    expect(same([{ id: "a".repeat(64) }, "x"], ["x", { id: "<hex64>" }])).toBe(true);
    expect(same({ memory: 0, env: [] }, { memory: null })).toBe(true);
  });

  it("fails to be as recorded where one is missing, of another form, or another", () => {
    expect(same(["x"], ["x", "x"])).toBe(false);
    expect(same("a", "<hex64>")).toBe(false);
    expect(same({ memory: 64 }, { memory: 0 })).toBe(false);
  });
});
