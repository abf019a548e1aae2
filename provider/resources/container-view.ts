import type { ObjectValue } from "../value";
import type { ContainerInspect, ProcessConfig } from "./container-api";

/** What a container is read from. */
export interface ContainerView {
  readonly inspect: ContainerInspect;
  /** The configuration of its image, whose values the daemon has merged in; unknown when the image is gone. */
  readonly image: ProcessConfig | undefined;
  /** The state before, empty for an import. */
  readonly prior: ObjectValue;
  /** Names of the networks by the ids that the state before has. */
  readonly networkNames?: ReadonlyMap<string, string>;
}
