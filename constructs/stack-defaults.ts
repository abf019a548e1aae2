import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { LogDriver } from "./log-driver";

/** What everything in a stack takes unless it says otherwise. */
export interface StackDefaults {
  readonly log: LogDriver;
  /** Whose secrets its consumers take. @default - those of the stack's id */
  readonly environment?: string;
  /**
   * Whose objects on a host they are, like a name of npm. Objects of another project are never taken over. Set it before the first construct.
   * @default - the name in the nearest package.json from the working directory up
   */
  readonly project?: string;
}

const FALLBACK: StackDefaults = { log: LogDriver.jsonFile() };

const byStack = new WeakMap<TerraformStack, StackDefaults>();

/** Sets the defaults of a stack. Containers read them at synth, so the order of calls does not matter. */
export function setStackDefaults(stack: TerraformStack, defaults: StackDefaults): void {
  byStack.set(stack, defaults);
}

export function stackDefaults(scope: IConstruct): StackDefaults {
  return byStack.get(TerraformStack.of(scope)) ?? FALLBACK;
}
