import { parseArgs } from "node:util";

/** The commands of cdktf in which terraform asks a provider. */
const WITH_PROVIDER = new Set(["deploy", "apply", "diff", "plan", "destroy"]);

/** Those of their options that take a value. */
const VALUES = {
  app: { type: "string", short: "a" },
  output: { type: "string", short: "o" },
  "outputs-file": { type: "string" },
  parallelism: { type: "string" },
  "terraform-parallelism": { type: "string" },
  var: { type: "string", multiple: true },
  "var-file": { type: "string", multiple: true },
} as const;

/** A command of cdktf that works on one stack. */
export interface StackCommand {
  readonly stack: string;
  /** The output directory that the command line names. @default - the project's own */
  readonly output?: string;
}

/**
 * The one stack whose provider the command asks.
 *
 * @param args What follows `cdktf` on the command line.
 * @returns undefined for any other command, for several stacks, and for none by name
 */
export function stackCommand(args: readonly string[]): StackCommand | undefined {
  const { values, positionals } = parseArgs({ args: [...args], options: VALUES, strict: false, allowPositionals: true });
  const [command = "", stack, ...more] = positionals;
  if (!WITH_PROVIDER.has(command) || stack === undefined || more.length > 0) return undefined;
  return typeof values.output === "string" ? { stack, output: values.output } : { stack };
}
