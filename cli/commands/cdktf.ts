import { createRequire } from "node:module";
import { join } from "node:path";
import { Failure } from "../failure";
import { startBesideCdktf } from "../beside-cdktf";

/**
 * Runs the project's own cdktf in this process, with program and provider started beside it where one stack is named.
 *
 * @param args What follows `cdktf` on the command line.
 * @throws Failure when the project has no cdktf
 */
export function runCdktf(args: readonly string[], directory = process.cwd(), env: NodeJS.ProcessEnv = process.env): void {
  const load = createRequire(join(directory, "package.json"));
  const program = findCdktf(load);
  process.argv.splice(2, process.argv.length - 2, ...startBesideCdktf({ args, directory, env }));
  load(program);
}

function findCdktf(load: NodeJS.Require): string {
  try {
    return load.resolve("cdktf-cli/bundle/bin/cdktf.js");
  } catch (cause) {
    throw new Failure("environment", "NO_CDKTF: the project must have cdktf-cli, got none; run: npm install --save-dev cdktf-cli", {
      cause,
    });
  }
}
