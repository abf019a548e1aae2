import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { settable } from "./schema-paths";
import { RESOURCES } from "../../../provider/resources";
import { withDriftTables } from "./reference";

describe("docs/provider-drift.md", () => {
  const path = join(__dirname, "../../../docs/provider-drift.md");
  if (process.env["DRIFT"] === "write") writeFileSync(path, withDriftTables(readFileSync(path, "utf8")));
  const page = readFileSync(path, "utf8");

  it("holds every case as it is (npm run drift:document)", () => {
    expect(page).toBe(withDriftTables(page));
  });

  it("names every attribute that a user can set", () => {
    for (const [type, { schema }] of Object.entries(RESOURCES)) {
      const section = page.split(`## ${type}\n`)[1]?.split("\n## ")[0] ?? "";
      expect(settable(schema).filter((path) => !section.includes(`\`${path}\``))).toEqual([]);
    }
  });
});
