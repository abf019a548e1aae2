import type { IConstruct } from "constructs";
import type { Subnet } from "./subnet";

/** A network that containers can be attached to. */
export interface INetwork extends IConstruct {
  /** The name on the host: it ends in a hash of the network's configuration. */
  readonly networkName: string;
  /** At most one of IPv4 and one of IPv6. @default - none, the engine chooses */
  readonly subnets: readonly Subnet[];
  /** How far it reaches, in the engine's words: `local` is one host, `swarm` all of a swarm's. */
  readonly scope: "local" | "swarm";
  /** Whether nothing is reachable outside of it. */
  readonly internal: boolean;
  /** Whether containers on it reach each other. */
  readonly interContainerCommunication: boolean;
  /** The name as a container of that construct refers to it: in the same stack by reference, so that it is made after the network. */
  reference(from: IConstruct): string;
}
