import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withDriftTables } from "../__tests__/provider/drift/reference";

const page = join(__dirname, "..", "docs/provider-drift.md");

writeFileSync(page, withDriftTables(readFileSync(page, "utf8")));
