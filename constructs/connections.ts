import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { afterSynth } from "./after-synth";

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

/** Read by tools, beside `cdk.tf.json`. */
const FILE = "connections.json";

const byRoot = new WeakMap<IConstruct, Connections>();

/**
 * Who may talk to whom in a program: what `allowFrom` and the routes of web tiers have opened. What is not here cannot even resolve the
 * other's name. Each stack that takes part has its share in `connections.json` beside its `cdk.tf.json`.
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
  private readonly written = new Set<TerraformStack>();

  private constructor() {}

  /** Notes a connection; the same one twice is one. */
  add({ from, to, port, network }: ConnectionEnds): void {
    const connection = { from: from.node.path, to: to.node.path, port, network: network.node.path };
    this.connections.set(JSON.stringify(connection), connection);
    for (const end of [from, to]) this.writeFor(TerraformStack.of(end));
  }

  /** In the order of their paths. */
  get all(): readonly Connection[] {
    return [...this.connections].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, connection]) => ({ ...connection }));
  }

  private writeFor(stack: TerraformStack): void {
    if (this.written.has(stack)) return;
    this.written.add(stack);
    afterSynth(stack, (directory) => {
      const own = this.all.filter(({ from, to }) => [from, to].some((path) => path.startsWith(`${stack.node.path}/`)));
      writeFileSync(join(directory, FILE), `${JSON.stringify(own, undefined, 2)}\n`);
    });
  }
}
