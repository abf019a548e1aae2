// What the program starts with: ts-node, compiling by swc as tsconfig.json says.
//
// cdktf takes a stack trace at each token, hundreds of them, and reads none; ts-node's source maps would be asked for every
// frame of each. Traces of errors are mapped as ever, other traces are left empty: that saves a third of a synth.
"use strict";
require("ts-node/register/transpile-only");
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const service = process[Symbol.for("ts-node.register.instance")];
const compile = service.compile.bind(service);

// What was compiled before is not compiled again: by its content, its place, and what compiles it.
const compiler = ["ts-node", "@swc/core"].map((name) => `${name} ${require(`${name}/package.json`).version}`);
const settings = JSON.stringify([compiler, service.config.options]);
const cache = join(__dirname, "../node_modules/.cache/docker-tiers-program");
const unmapped = new Map();

service.compile = (code, file) => {
  const path = join(cache, createHash("sha256").update(`${settings}\n${file}\n${code}`).digest("hex"));
  try {
    const compiled = readFileSync(path, "utf8");
    unmapped.set(file, code);
    return compiled;
  } catch {
    const compiled = compile(code, file);
    store(path, compiled);
    return compiled;
  }
};

// In one go, since another program may read it.
function store(path, text) {
  try {
    mkdirSync(cache, { recursive: true });
    writeFileSync(`${path}.${process.pid}`, text);
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // Where nothing can be written it is compiled each time.
  }
}

const { prepareStackTrace } = Error;
Error.prepareStackTrace = (error, frames) => {
  if (!(error instanceof Error)) return "";
  // ts-node maps what it has compiled itself.
  for (const [file, code] of unmapped) compile(code, file);
  unmapped.clear();
  return prepareStackTrace(error, frames);
};
