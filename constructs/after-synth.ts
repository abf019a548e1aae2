import { join } from "node:path";
import type { ISynthesisSession, TerraformStack } from "cdktf";

/**
 * Calls back when the stack's Terraform JSON has been written, with the absolute or program-relative directory that Terraform will run in.
 * It wraps the stack's synthesizer, so it works in anybody's program.
 */
export function afterSynth(stack: TerraformStack, callback: (workingDirectory: string) => void): void {
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize(session: ISynthesisSession): void {
      synthesizer.synthesize(session);
      callback(join(session.outdir, session.manifest.forStack(stack).workingDirectory));
    },
  };
}
