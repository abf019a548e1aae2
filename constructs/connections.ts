import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { afterSynth } from "./after-synth";
import type { INetwork } from "./networks/network";

/** A way that was opened from one noun to another. */
export interface Connection {
  /** Construct path of who talks. */
  readonly from: string;
  /** Construct path of who answers. */
  readonly to: string;
  /** The port that is meant; a network of the engine does not hold to it. */
  readonly port: number;
  /** Construct path of the network that both are on. */
  readonly network: string;
}

/** Ends of a connection, before they are paths. */
export interface ConnectionEnds {
  readonly from: IConstruct;
  readonly to: IConstruct;
  readonly port: number;
  readonly network: IConstruct;
}

/** Who sits on a network: each reaches every port that another one listens on, whether or not a connection says so. */
export interface SharedNetwork {
  /** Its construct path. */
  readonly network: string;
  /** Whether its members reach nothing outside of it; otherwise also what is published on the host. */
  readonly internal: boolean;
  /** Whether its members reach each other. */
  readonly interContainerCommunication: boolean;
  /** Sorted by path. */
  readonly members: readonly NetworkMember[];
}

export interface NetworkMember {
  /** Its construct path. */
  readonly path: string;
  /** Names under which the others find it, beside those of its containers. */
  readonly aliases: readonly string[];
}

/** Read by tools, beside `cdk.tf.json`. */
const FILE = "connections.json";

const byRoot = new WeakMap<IConstruct, Connections>();

/**
 * Who may talk to whom in a program: the networks, with all who sit on each, and what `allowFrom` and the routes of web tiers have opened, with the
 * port. Who shares no network cannot even resolve the other's name, unless it is on the host's own network. Each stack that takes part has its share
 * in `connections.json` beside its `cdk.tf.json`.
 */
export class Connections {
  /** Those of the program that a construct belongs to. */
  static of(scope: IConstruct): Connections {
    const { root } = scope.node;
    const known = byRoot.get(root) ?? new Connections();
    byRoot.set(root, known);
    return known;
  }

  private readonly connections = new Map<string, Connection>();
  private readonly seats = new Map<INetwork, Map<string, NetworkMember>>();
  private readonly hostPaths = new Set<string>();
  private readonly written = new Set<TerraformStack>();

  private constructor() {}

  /** Notes a connection; the same one twice is one. */
  add({ from, to, port, network }: ConnectionEnds): void {
    const connection = { from: from.node.path, to: to.node.path, port, network: network.node.path };
    this.connections.set(JSON.stringify(connection), connection);
    for (const end of [from, to]) this.writeFor(end);
  }

  /** Notes who sits on a network, under all its names there. */
  seat(network: INetwork, member: IConstruct, aliases: readonly string[]): void {
    const { path } = member.node;
    const members = this.seats.get(network) ?? new Map<string, NetworkMember>();
    this.seats.set(network, members.set(path, { path, aliases: [...aliases].sort() }));
    for (const end of [network, member]) this.writeFor(end);
  }

  /** Notes who is on the host's own network. */
  onHost(member: IConstruct): void {
    this.hostPaths.add(member.node.path);
    this.writeFor(member);
  }

  /** Ways that were opened for a purpose, in the order of their paths. */
  get all(): readonly Connection[] {
    return sortedBy([...this.connections], ([key]) => key).map(([, connection]) => ({ ...connection }));
  }

  /** Each network that somebody sits on, in the order of their paths. */
  get networks(): readonly SharedNetwork[] {
    const all = [...this.seats].map(([{ node, internal, interContainerCommunication }, members]) => ({
      network: node.path,
      internal,
      interContainerCommunication,
      members: sortedBy([...members.values()], ({ path }) => path),
    }));
    return sortedBy(all, ({ network }) => network);
  }

  /** Construct paths of those on the host's own network, sorted: they reach what the host reaches, its loopback included. */
  get host(): readonly string[] {
    return [...this.hostPaths].sort();
  }

  private writeFor(end: IConstruct): void {
    const stack = TerraformStack.of(end);
    if (this.written.has(stack)) return;
    this.written.add(stack);
    afterSynth(stack, (directory) => {
      writeFileSync(join(directory, FILE), `${JSON.stringify(this.share(stack.node.path), undefined, 2)}\n`);
    });
  }

  private share(stack: string): Pick<Connections, "host" | "networks"> & { readonly connections: Connections["all"] } {
    const isOwn = (path: string): boolean => path.startsWith(`${stack}/`);
    return {
      connections: this.all.filter(({ from, to }) => [from, to].some(isOwn)),
      networks: this.networks.filter(({ network, members }) => [network, ...members.map(({ path }) => path)].some(isOwn)),
      host: this.host.filter(isOwn),
    };
  }
}

const sortedBy = <T>(values: readonly T[], key: (value: T) => string): T[] => [...values].sort((a, b) => (key(a) < key(b) ? -1 : 1));
