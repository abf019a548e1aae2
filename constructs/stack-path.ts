import { join, relative, resolve } from "node:path";
import { App, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** A path of this machine as seen from where Terraform runs the stack of a construct: the same text in every clone. */
export function pathFromStack(scope: IConstruct, path: string): string {
  const stack = TerraformStack.of(scope);
  const app = App.of(stack);
  const directory = join(app.outdir, app.manifest.forStack(stack).workingDirectory);
  return relative(resolve(directory), resolve(path)) || ".";
}
