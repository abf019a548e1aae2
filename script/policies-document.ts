import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withRulesTable } from "../policies/reference";

const page = join(__dirname, "..", "docs/policies.md");

writeFileSync(page, withRulesTable(readFileSync(page, "utf8")));
