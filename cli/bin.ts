#!/usr/bin/env node
import { Command, CommanderError, Option } from "commander";

import type { CheckOptions } from "./commands/check";
import type { DoctorOptions } from "./commands/doctor";
import { describeError, EXIT_CODES, exitCodeOf } from "./failure";
import { addSecrets } from "./secrets-program";

const output = { line: (text: string): void => void process.stdout.write(`${text}\n`) };

function program(): Command {
  const tiers = new Command("tiers").description("Helpers around npx cdktf deploy").enablePositionalOptions().exitOverride();
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
  images
    .command("sbom")
    .description("print the bill of materials of an environment's images, in CycloneDX 1.6")
    .argument("[environment]", "as synthesised; may be left out when there is one")
    .action(async (name: string | undefined) => {
      const { systemPorts } = await import("./commands/images.js");
      const { printSbom } = await import("./commands/images-sbom.js");
      await printSbom(systemPorts(output), name);
    });
  images
    .command("verify")
    .description("compare what runs on the hosts of environments with what was declared")
    .argument("[environments...]", "as synthesised; may be left out when there is one")
    .action(async (names: string[]) => {
      const { systemPorts } = await import("./commands/images.js");
      const { verifyImages } = await import("./commands/images-verify.js");
      await verifyImages(systemPorts(output), names);
    });
  tiers
    .command("check")
    .description("judge what is declared by the rules of docs/policies.md")
    .argument(
      "[target]",
      "an environment as synthesised, a cdk.tf.json, or what terraform show -json prints; all environments when left out",
    )
    .addOption(new Option("--format <format>", "what is printed").choices(["table", "json", "sarif"]).default("table"))
    .addOption(new Option("--as <profile>", "how strict to be, whatever the environment").choices(["dev", "staging", "prod"]))
    .action(async (target: string | undefined, options: CheckOptions) => {
      const { check, systemPorts } = await import("./commands/check.js");
      check(systemPorts(output), target, options);
    });
  tiers
    .command("doctor")
    .description("look at a host before the deploy, and say what mends it")
    .argument("[environment]", "as synthesised: its host, and whether its stack fits; this machine when left out")
    .addOption(new Option("--format <format>", "what is printed").choices(["table", "json"]).default("table"))
    .action(async (environment: string | undefined, options: DoctorOptions) => {
      const { doctor, systemPorts } = await import("./commands/doctor.js");
      await doctor(systemPorts(output), environment, options);
    });
  tiers
    .command("cdktf")
    .description("run cdktf, with the program started beside it and the provider once instead of at each of terraform's calls")
    .argument("[arguments...]", "as cdktf takes them")
    .helpOption(false)
    .passThroughOptions()
    .action(async (args: string[]) => {
      const { runCdktf } = await import("./commands/cdktf.js");
      runCdktf(args);
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
