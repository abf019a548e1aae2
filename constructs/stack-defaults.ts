import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { LogDriver } from "./logs/log-driver";

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

/** Sets defaults of a stack; what is not given stays as it is. Containers read them at synth, so the order of calls does not matter. */
export function setStackDefaults(stack: TerraformStack, defaults: Partial<StackDefaults>): void {
  byStack.set(stack, { ...stackDefaults(stack), ...defaults });
}

export function stackDefaults(scope: IConstruct): StackDefaults {
  return byStack.get(TerraformStack.of(scope)) ?? FALLBACK;
}
