import { readdirSync, readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";

import { z } from "zod";

import type { EngineOptions } from "../engine";
import { parseRecipe } from "../images/recipe-file";
import type { PackageRecipe } from "../images/recipe";
import { Failure } from "./failure";
import { requireStack, SYNTH } from "./stack-names";

/** What the commands need of a synthesised stack. */
export interface StackOutput {
  readonly name: string;
  readonly engine: EngineOptions;
  readonly recipes: readonly PackageRecipe[];
}

const providerSchema = z.object({
  host: z.string().optional(),
  context: z.string().optional(),
  cert_path: z.string().optional(),
  ca_material: z.string().optional(),
  cert_material: z.string().optional(),
  key_material: z.string().optional(),
  ssh_opts: z.array(z.string()).optional(),
});
const MEND_HOST = "write its address into the program, such as unix:///var/run/docker.sock or ssh://user@host, and run the command again";
const stackSchema = z.object({ provider: z.object({ docker: z.array(providerSchema).min(1) }) });

/**
 * Reads a synthesised stack.
 *
 * @throws Failure when it is not there or not readable
 */
export function readStack(output: string, name: string): StackOutput {
  requireStack(output, name);
  const directory = join(output, "stacks", name);
  return { name, engine: engineOf(directory), recipes: recipesOf(join(directory, "images")) };
}

function engineOf(directory: string): EngineOptions {
  const file = join(directory, "cdk.tf.json");
  const stack = stackSchema.safeParse(readJson(file));
  const provider = stack.success ? stack.data.provider.docker[0] : undefined;
  if (provider === undefined) {
    throw new Failure("environment", `NOT_SYNTHESISED: ${file} must name a docker provider, got none; run: ${SYNTH}`);
  }
  const { host, context, cert_path: certPath, ca_material: ca, cert_material: cert, key_material: key, ssh_opts: sshOptions } = provider;
  if (host === undefined || context !== undefined) {
    const got = context === undefined ? "none, which leaves it to DOCKER_HOST" : `context ${JSON.stringify(context)}`;
    throw new Failure("environment", `STACK_HOST: the docker provider in ${file} must have a host written down, got ${got}; ${MEND_HOST}`);
  }
  const options = {
    host,
    // Terraform, whom the path is written for, runs in the stack's directory.
    certPath: certPath === undefined || isAbsolute(certPath) ? certPath : join(directory, certPath),
    ...{ ca, cert, key, sshOptions },
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function recipesOf(directory: string): PackageRecipe[] {
  const names = fileNames(directory).filter((name) => name.endsWith(".json"));
  return names.sort().map((name) => parseRecipe(readJson(join(directory, name)), join(directory, name)));
}

function fileNames(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return []; // a stack whose images all come from elsewhere
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new Failure("environment", `NOT_SYNTHESISED: ${file} must be readable JSON, got none; run: ${SYNTH}`, { cause });
  }
}
