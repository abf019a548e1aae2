// What the program starts with: ts-node, compiling by swc as tsconfig.json says.
//
// cdktf takes a stack trace at each token, hundreds of them, and reads none; ts-node's source maps would be asked for every
// frame of each. Traces of errors are mapped as ever, other traces are left empty: that saves a third of a synth.
"use strict";
require("ts-node/register/transpile-only");

const { prepareStackTrace } = Error;
Error.prepareStackTrace = (error, frames) => (error instanceof Error ? prepareStackTrace(error, frames) : "");
