import type { Attributes } from "./attributes";
import type { RenderedImage } from "./rendered-image";

/** A container as it will be sent to the engine. */
export interface RenderedContainer {
  /** Construct path, or the Terraform address where there is none. */
  readonly path: string;
  /** Terraform address. */
  readonly address: string;
  /** In the provider's names. */
  readonly attributes: Attributes;
  /** @default - not known before the plan */
  readonly image?: RenderedImage;
  /** Directories and files of the host that it sees, also through volumes that are bound to one. */
  readonly hostPaths: readonly string[];
}

/** How Terraform reaches an engine. */
export interface RenderedProvider {
  readonly host: string;
  /** Whether it has client certificates. */
  readonly tls: boolean;
}

/** What is declared for one host. */
export interface RenderedStack {
  readonly name: string;
  readonly containers: readonly RenderedContainer[];
  readonly providers: readonly RenderedProvider[];
  /** Memory that the host has for the stack. @default - not known */
  readonly hostMemoryMiB?: number | undefined;
}

/** A container that is made but never started has no process. */
export const isStarted = ({ attributes }: RenderedContainer): boolean => attributes.flag("start") !== false;

/** Started, and meant to go on; a job ends by itself. */
export const staysUp = (container: RenderedContainer): boolean => isStarted(container) && container.attributes.flag("must_run") !== false;

/** Cut off from every network and without a capability but those given back. */
export const isCutOff = ({ attributes }: RenderedContainer): boolean => attributes.text("network_mode") === "none" && dropsAll(attributes);

export const dropsAll = (attributes: Attributes): boolean =>
  attributes.blocks("capabilities").some((block) => block.texts("drop").some((name) => /^(CAP_)?ALL$/i.test(name)));
