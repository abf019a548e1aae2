import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../constructs";
import { nounPages } from "./code-blocks";

const read = (page: string): string => readFileSync(join(packageRoot(), page), "utf8");

/** What every page of a noun says, beside its example. */
const PARTS = [
  ["what it is, in a sentence below its name", /^# .+\n\n[^#|`-]/],
  ["its defaults", /\| Default +\||\bDefault: |\*\*Default\*\*/],
  ["what it refuses", /\*\*Refused\*\*/],
  ["the engine's own name for it", /\| The engine's name +\||\*\*The engine's name\*\*/],
] as const;

describe.each(nounPages())("%s", (page) => {
  it.each(PARTS)("says %s", (_part, form) => {
    expect(read(page)).toMatch(form);
  });

  it("is in the list of nouns", () => {
    expect(read("docs/constructs/README.md")).toContain(`](${page.replace("docs/constructs/", "")})`);
  });
});

describe("the form of a page", () => {
  it.each(PARTS)("fails without %s", (_part, form) => {
    expect("# Noun\n\n## Next").not.toMatch(form);
  });
});
