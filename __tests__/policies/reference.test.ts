import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rulesTable, withRulesTable } from "../../policies/reference";
import { rules } from "../../policies/registry";

const read = (file: string): string => readFileSync(join(__dirname, "../..", file), "utf8");
const page = read("docs/policies.md");

/** Sections 4 and 5 of the benchmark in version 1.6.0. */
const RECOMMENDATIONS = [
  ...Array.from({ length: 12 }, (_, index) => `4.${index + 1}`),
  ...Array.from({ length: 32 }, (_, index) => `5.${index + 1}`),
];

describe("docs/policies.md", () => {
  it("holds the table of the rules (npm run policies:document writes it)", () => {
    expect(page).toContain(rulesTable());
    expect(withRulesTable(page)).toBe(page);
    expect(rulesTable().split("\n")).toHaveLength(rules.length + 2);
  });

  it("says of every recommendation of the benchmark by which rule it is judged, or why by none", () => {
    const judged = rules.flatMap(({ cis }) => cis ?? []);
    const explained = [...page.matchAll(/^\| ([45]\.\d+) /gm)].map(([, id]) => id);

    expect([...judged, ...explained].sort()).toEqual([...RECOMMENDATIONS].sort());
  });

  it("counts the rules as they are", () => {
    for (const file of ["docs/policies.md", "docs/cli.md", "CHANGELOG.md"]) expect(read(file)).toContain(`${rules.length} rules`);
  });

  it("fails to be written without its markers", () => {
    expect(() => withRulesTable("# Policies")).toThrow(
      new Error('the page must hold the markers "<!-- prettier-ignore-start -->" and "<!-- prettier-ignore-end -->", in this order'),
    );
  });
});
