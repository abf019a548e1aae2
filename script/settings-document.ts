import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exampleFile } from "../config/example";
import { withSettingsTable } from "../config/reference";

const root = join(__dirname, "..");
const page = join(root, "docs/settings.md");

writeFileSync(join(root, ".env.example"), exampleFile());
writeFileSync(page, withSettingsTable(readFileSync(page, "utf8")));
