import { startProgramEarly } from "./early-program";
import { providerToServe, serveProvider, type CommandContext } from "./served-provider";

/**
 * Starts what a command of cdktf will need: the provider of the one stack that it names, and the project's program.
 *
 * @returns the arguments that cdktf is to be given
 */
export function startBesideCdktf(context: CommandContext): readonly string[] {
  const provider = providerToServe(context);
  if (provider === undefined) return context.args;
  serveProvider(provider, context.env);
  return startProgramEarly(context);
}
