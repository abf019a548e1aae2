// Exit code 0 when node_modules holds what package-lock.json says. By content: a checkout changes the times of both.
"use strict";
const { readFileSync } = require("node:fs");

const packagesOf = (file) => {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
};

const wanted = packagesOf("package-lock.json");
const installed = packagesOf("node_modules/.package-lock.json");
const same = (path) =>
  installed[path] === undefined
    ? wanted[path].optional === true || wanted[path].peer === true
    : installed[path].version === wanted[path].version;

process.exitCode = wanted && installed && Object.keys(wanted).every((path) => path === "" || same(path)) ? 0 : 1;
