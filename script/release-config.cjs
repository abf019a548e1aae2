// Fails when .changeset/config.json is not valid, or when CHANGELOG.md has no section for the version of package.json.
"use strict";
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");

const ofChangesets = createRequire(require.resolve("@changesets/cli/package.json"));

const main = async () => {
  const { getPackages } = ofChangesets("@manypkg/get-packages");
  await ofChangesets("@changesets/config").read(process.cwd(), await getPackages(process.cwd()));
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  if (!readFileSync("CHANGELOG.md", "utf8").includes(`\n## ${version}\n`)) {
    throw new Error(`CHANGELOG.md must have a section "## ${version}", got none; run npx changeset version`);
  }
};

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
