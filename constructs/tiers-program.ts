import { join } from "node:path";
import type { IConstruct } from "constructs";
import { literal } from "./literal";
import { packageRoot } from "./package-root";
import { pathFromStack } from "./stack-path";

/** How Terraform runs this package's own command line from a stack's directory, whatever is on PATH: program and first argument. */
export function tiersProgram(scope: IConstruct): string[] {
  return ["node", literal(pathFromStack(scope, join(packageRoot(), "dist", "cli", "bin.js")))];
}
