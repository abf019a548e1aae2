import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withChecksTable } from "../../doctor/reference";
import { checks } from "../../doctor/registry";

describe("docs/doctor.md", () => {
  const page = readFileSync(join(__dirname, "../../docs/doctor.md"), "utf8");

  it("holds every check as it is (npm run doctor:document)", () => {
    expect(page).toBe(withChecksTable(page));
    expect(page).toContain(`${String(checks.length)} checks:`);
  });

  it("has every id once, and no cell that breaks the table", () => {
    const ids = checks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { must, why, mend } of checks) expect(`${must}${why}${mend}`).not.toMatch(/[|\n]/);
  });
});
