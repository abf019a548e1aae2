import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withChecksTable } from "../doctor/reference";

const page = join(__dirname, "..", "docs/doctor.md");

writeFileSync(page, withChecksTable(readFileSync(page, "utf8")));
