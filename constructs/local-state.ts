import { chmodSync, closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { LocalBackend, type TerraformStack } from "cdktf";
import { afterSynth } from "./after-synth";

/** Readable by its owner alone: a state names everything that runs. */
const MODE = 0o600;

/**
 * State in a file beside `cdktf.out`. Its path is relative to the stack's directory, so that the output is the same on every machine; the file
 * is made before Terraform writes it, since Terraform keeps the mode of what exists.
 */
export function keepStateLocally(stack: TerraformStack): void {
  const path = `../../../terraform.${stack.node.id}.tfstate`;
  new LocalBackend(stack, { path });
  afterSynth(stack, (directory) => {
    for (const file of [path, `${path}.backup`]) restrict(join(directory, file));
  });
}

function restrict(file: string): void {
  closeSync(openSync(file, "a", MODE));
  chmodSync(file, MODE);
}
