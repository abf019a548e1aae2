#!/usr/bin/env node
import { Command, CommanderError } from "commander";

import { describeError, EXIT_CODES, exitCodeOf } from "./failure";
import { addSecrets } from "./secrets-program";

const output = { line: (text: string): void => void process.stdout.write(`${text}\n`) };

function program(): Command {
  const tiers = new Command("tiers").description("Helpers around npx cdktf deploy").exitOverride();
  const images = tiers.command("images").description("images from the distribution's packages");
  images
    .command("build")
    .description("build the images that the hosts of environments lack")
    .argument("[environments...]", "as synthesised; may be left out when there is one")
    .option("--rebuild", "build anew, to take newer packages", false)
    .action(async (names: string[], options: { rebuild: boolean }) => {
      const { buildImages, systemPorts } = await import("./commands/images.js");
      await buildImages(systemPorts(output), names, options);
    });
  images
    .command("list")
    .description("show which images the hosts of environments have")
    .argument("[environments...]", "as synthesised; may be left out when there is one")
    .action(async (names: string[]) => {
      const { listImages, systemPorts } = await import("./commands/images.js");
      await listImages(systemPorts(output), names);
    });
  addSecrets(tiers, output);
  return tiers;
}

async function main(): Promise<void> {
  try {
    await program().parseAsync();
  } catch (error) {
    // Commander has printed its own faults, and help is none.
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : EXIT_CODES.usage;
      return;
    }
    process.stderr.write(`${describeError(error)}\n`);
    process.exitCode = exitCodeOf(error);
  }
}

void main();
