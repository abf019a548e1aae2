import type { IConstruct } from "constructs";

/** A network that containers can be attached to. */
export interface INetwork extends IConstruct {
  /** The name on the host: it ends in a hash of the network's configuration. */
  readonly networkName: string;
  /** The name as a container of that construct refers to it: in the same stack by reference, so that it is made after the network. */
  reference(from: IConstruct): string;
}
