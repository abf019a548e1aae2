#!/usr/bin/env node
// What `npx cdktf` runs here (script/prepare links it): cdktf itself, without its reports to the vendor. cdktf.json
// has no key for that, and without a network each command would print a red line; it also writes an id into cdktf.json.
"use strict";
const { existsSync } = require("node:fs");
const { join } = require("node:path");
const { stripVTControlCharacters } = require("node:util");

process.env.CHECKPOINT_DISABLE ??= "1";

// terraform complains at every call about a configuration file that is gone, and cdktf prints that in red.
const configuration = process.env.TF_CLI_CONFIG_FILE;
if (configuration !== undefined && !existsSync(configuration)) delete process.env.TF_CLI_CONFIG_FILE;

// What terraform says of a fault, a plan prints among the stack's lines, and before them as an error of cdktf's own log: once is enough.
const print = process.stdout.write.bind(process.stdout);
process.stdout.write = (text, ...rest) =>
  typeof text === "string" && /^\[\S+\] \[ERROR\] default - ╷/.test(stripVTControlCharacters(text)) ? true : print(text, ...rest);

// While cdktf starts, the program and the provider do too; the provider once, instead of at each of terraform's calls. Without a build nothing is
// lost but time.
const beside = join(__dirname, "../dist/cli/beside-cdktf.js");
if (existsSync(beside)) {
  const args = require(beside).startBesideCdktf({ args: process.argv.slice(2), directory: process.cwd(), env: process.env });
  process.argv.splice(2, process.argv.length - 2, ...args);
}

require("cdktf-cli/bundle/bin/cdktf.js");
