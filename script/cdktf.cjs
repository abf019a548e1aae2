#!/usr/bin/env node
// What `npx cdktf` runs here (script/prepare links it): cdktf itself, without its reports to the vendor. cdktf.json
// has no key for that, and without a network each command would print a red line; it also writes an id into cdktf.json.
"use strict";
const { existsSync } = require("node:fs");

process.env.CHECKPOINT_DISABLE ??= "1";

// terraform complains at every call about a configuration file that is gone, and cdktf prints that in red.
const configuration = process.env.TF_CLI_CONFIG_FILE;
if (configuration !== undefined && !existsSync(configuration)) delete process.env.TF_CLI_CONFIG_FILE;

require("cdktf-cli/bundle/bin/cdktf.js");
