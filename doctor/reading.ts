import type { EngineFacts } from "./engine-facts";
import type { HostFacts } from "./host-facts";
import type { StackNeeds } from "./stack-needs";

/** Everything that was read before a host is judged. What could not be read is undefined, and no check takes it for good. */
export interface Reading {
  /** Address of the engine. */
  readonly address: string;
  /** @default - it did not answer */
  readonly engine?: EngineFacts | undefined;
  /** Why the engine did not answer. @default - it did */
  readonly silence?: string | undefined;
  /** @default - the host cannot be looked into, such as one behind tcp:// */
  readonly host?: HostFacts | undefined;
  /** Version of the program `terraform` here. @default - there is none */
  readonly terraform?: string | undefined;
  /** @default - no environment was named */
  readonly stack?: StackNeeds | undefined;
}
