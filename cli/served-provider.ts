import { spawn, type ChildProcessByStdio } from "node:child_process";
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Readable, Writable } from "node:stream";
import { stackCommand } from "./cdktf-command";
import { readCdktfFile } from "./cdktf-file";

/** Where a synth links the embedded provider, in the stack's directory; versions and platforms are below. */
const LINKS = "terraform.d/plugins/terraform.local/docker-tiers/docker";
const PROGRAM = "terraform-provider-docker";
const VARIABLE = "TF_REATTACH_PROVIDERS";

/** A provider that is to be started once, and where terraform would start it. */
export interface ProviderToServe {
  readonly program: string;
  readonly directory: string;
}

type ServedProvider = ChildProcessByStdio<Writable, Readable, null>;

/** What of the process decides. */
export interface CommandContext {
  /** What follows `cdktf` on the command line. */
  readonly args: readonly string[];
  /** The project's directory. */
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The provider that a command of cdktf would have terraform start again and again.
 *
 * @returns undefined when terraform is to start it: no or several stacks are named, the stack was not synthesised yet or has another
 *   provider, the user serves one, or asks for Terraform's log, which only a provider that Terraform starts writes to
 */
export function providerToServe({ args, directory, env }: CommandContext): ProviderToServe | undefined {
  if (env[VARIABLE] || env["TF_LOG"] || env["TF_LOG_PROVIDER"]) return undefined;
  const command = stackCommand(args);
  if (command === undefined) return undefined;
  const stack = resolve(directory, command.output ?? outputOf(directory), "stacks", command.stack);
  const [bundle, ...others] = new Set(bundlesOf(join(stack, LINKS)));
  return bundle === undefined || others.length > 0 ? undefined : { program: join(bundle, PROGRAM), directory: stack };
}

/**
 * Starts the provider beside cdktf and tells terraform of it as soon as it listens; until then, and if it never does, terraform starts one
 * itself. It ends with this process, however that ends, and after a terraform that is still at work.
 */
export function serveProvider({ program, directory }: ProviderToServe, env: NodeJS.ProcessEnv = process.env): ServedProvider {
  // In a session of its own: Ctrl-C is for terraform, which asks the provider to stop.
  const child = spawn(program, ["--reattach", "--follow-input"], { cwd: directory, detached: true, stdio: ["pipe", "pipe", "inherit"] });
  child.on("error", () => undefined).unref();
  child.stdin.on("error", () => undefined);
  child.stdout.setEncoding("utf8").once("data", (line: string) => {
    const [, value] = new RegExp(`^${VARIABLE}='(.*)'$`, "m").exec(line) ?? [];
    if (value !== undefined) env[VARIABLE] = value;
    child.stdout.destroy();
  });
  return child;
}

function outputOf(directory: string): string {
  const { output } = readCdktfFile(directory);
  return typeof output === "string" ? output : "cdktf.out";
}

/** The bundles that the links of a stack lead to; those of earlier versions may lead nowhere, or to the same. */
function bundlesOf(links: string): string[] {
  if (!existsSync(links)) return [];
  const platforms = readdirSync(links).flatMap((version) =>
    readdirSync(join(links, version)).map((platform) => join(links, version, platform)),
  );
  return platforms.filter((link) => existsSync(join(link, PROGRAM))).map((link) => realpathSync(link));
}
