import { join } from "node:path";
import type { ISynthesisSession, TerraformStack } from "cdktf";

/**
 * Calls back before the stack's Terraform JSON is written, with the absolute or program-relative directory that Terraform will run in: what
 * judges that JSON finds the files there that it names.
 */
export function beforeSynth(stack: TerraformStack, callback: (workingDirectory: string) => void): void {
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize(session: ISynthesisSession): void {
      callback(join(session.outdir, session.manifest.forStack(stack).workingDirectory));
      synthesizer.synthesize(session);
    },
  };
}
