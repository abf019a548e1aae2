import type { IConstruct } from "constructs";
import { Claims } from "../claims";
import { Connections } from "../connections";
import type { Attachment, PublishedPort } from "../container-spec";
import { requireReachable } from "../crossing";
import { ConstructError } from "../errors";
import { inOrder } from "../in-order";
import type { INetwork } from "./network";
import { NetworkMode } from "./network-mode";
import { requireSeat, type StaticAddress } from "./static-address";

/** The first seat, as a noun's props give it. */
export interface SeatSettings {
  /** @default - none, until it is attached to one */
  readonly network?: INetwork | NetworkMode | undefined;
  /** Names on that network. @default - none */
  readonly aliases?: readonly string[];
  /** On that network. @default - the engine chooses */
  readonly address?: StaticAddress | undefined;
  /** Lets it onto a network of another environment. @default false */
  readonly otherEnvironment?: boolean | undefined;
  readonly published?: readonly PublishedPort[];
}

const ALIASES = new Claims("ALIAS", "alias on a network");

/** Where the containers of one noun sit: on networks, or in what the engine has in place of one. */
export class Seats {
  readonly mode: NetworkMode | undefined;
  private readonly attachments = new Map<string, Attachment>();

  /** @throws ConstructError as {@link attach} does; `NETWORK_MODE` for a published port on the host's network */
  constructor(
    private readonly owner: IConstruct,
    { network, aliases = [], address, otherEnvironment, published = [] }: SeatSettings,
  ) {
    this.mode = network instanceof NetworkMode ? network : undefined;
    if (network !== undefined && !(network instanceof NetworkMode)) {
      this.attach({ network, aliases, ...(address && { address }), ...(otherEnvironment && { otherEnvironment }) });
      return;
    }
    if (address !== undefined)
      this.fail("STATIC_ADDRESS", `address must be one on a network, got "${address.address}" without one; set network to a BridgeNetwork`);
    if (this.mode?.name === "host") Connections.of(owner).onHost(owner);
    if (this.mode?.name === "host" && published.length > 0) {
      const mend = "leave it out: the container listens on the host";
      this.fail("NETWORK_MODE", `published port must lead into a network of the container's own, got network mode host; ${mend}`);
    }
  }

  /** See `Workload.attach`. */
  attach({ network, aliases, address, otherEnvironment }: Attachment): void {
    const { path } = network.node;
    if (this.mode !== undefined) {
      const got = `got network mode ${this.mode.name}; set network to a BridgeNetwork, or leave it out`;
      this.fail("NETWORK_MODE", `${path} must be joined from a network of one's own, ${got}`);
    }
    const known = this.attachments.get(path);
    const added = { ...known, ...(otherEnvironment && { otherEnvironment }), network };
    this.requireReachable(added);
    for (const alias of aliases) ALIASES.claim(network, alias, this.owner);
    if (address !== undefined) requireSeat(this.owner, network, address);
    const all = [...new Set([...(known?.aliases ?? []), ...aliases])];
    this.attachments.set(path, { ...added, aliases: all, ...(address && { address }) });
    Connections.of(network).seat(network, this.owner, all);
  }

  /** @throws ConstructError as {@link attach} does, where a stack was given its environment or host after what is in it */
  get all(): Attachment[] {
    const all = inOrder(this.attachments);
    for (const attachment of all) this.requireReachable(attachment);
    return all;
  }

  private requireReachable({ network, otherEnvironment }: Pick<Attachment, "network" | "otherEnvironment">): void {
    requireReachable(this.owner, network, { otherEnvironment, scope: network.scope });
  }

  private fail(code: string, message: string): never {
    throw new ConstructError(code, message, this.owner);
  }
}
