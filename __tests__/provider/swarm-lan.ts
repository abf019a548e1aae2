import { buildProbeImages } from "./probe-image";
import { ip, SwarmNode } from "./swarm-node";

interface Swarm {
  readonly JoinTokens: { readonly Worker: string; readonly Manager: string };
}

/** A node as the swarm knows it. */
export interface MemberInfo {
  readonly ID: string;
  readonly Version: { readonly Index: number };
  readonly Spec: { readonly Role: string; readonly Availability: string; readonly Labels: Readonly<Record<string, string>> };
  readonly Status: { readonly State: string };
}

/** Engines in namespaces of their own that a bridge in one more namespace joins: one manager, the others workers. */
export class SwarmLan {
  readonly #bridge = `dt-swarm-${process.pid}-lan`;
  readonly nodes: SwarmNode[] = [];

  static async start(size: number): Promise<SwarmLan> {
    const lan = new SwarmLan();
    try {
      for (let index = 0; index < size; index++) lan.#plug(index);
      await Promise.all(lan.nodes.map((node) => node.start()));
      await Promise.all(lan.nodes.map((node) => buildProbeImages(node.host)));
      await lan.#join();
      return lan;
    } catch (error) {
      await lan.remove();
      throw error;
    }
  }

  private constructor() {
    ip("netns", "add", this.#bridge);
    ip("-n", this.#bridge, "link", "add", "lan", "type", "bridge");
    ip("-n", this.#bridge, "link", "set", "lan", "up");
  }

  get manager(): SwarmNode {
    const [first] = this.nodes;
    if (!first) throw new Error("a swarm must have a manager, got no node");
    return first;
  }

  /** The node's entry in the swarm. */
  async member(node: SwarmNode): Promise<MemberInfo> {
    const { Swarm: own } = await node.engine.get<{ Swarm: { NodeID: string } }>("/info");
    return this.manager.engine.get<MemberInfo>(`/nodes/${own.NodeID}`);
  }

  /** Changes what the swarm does with a node. */
  async set(node: SwarmNode, changed: Partial<MemberInfo["Spec"]>): Promise<void> {
    const { ID, Version, Spec } = await this.member(node);
    await this.manager.engine.post(`/nodes/${ID}/update`, { query: { version: Version.Index }, body: { ...Spec, ...changed } });
  }

  /** Workers leave first: the manager's end is then the swarm's. */
  async remove(): Promise<void> {
    for (const node of this.nodes.toReversed()) await node.remove();
    ip("netns", "del", this.#bridge);
  }

  #plug(index: number): void {
    const node = new SwarmNode();
    this.nodes.push(node);
    const [inside, outside] = ["lan0", `port${index}`];
    ip("-n", node.namespace, "link", "add", inside, "type", "veth", "peer", "name", outside, "netns", this.#bridge);
    ip("-n", this.#bridge, "link", "set", outside, "master", "lan");
    ip("-n", this.#bridge, "link", "set", outside, "up");
    ip("-n", node.namespace, "address", "add", `${address(index)}/24`, "dev", inside);
    ip("-n", node.namespace, "link", "set", inside, "up");
  }

  async #join(): Promise<void> {
    const [manager, ...workers] = this.nodes;
    if (!manager) return;
    await manager.engine.post("/swarm/init", { body: { ListenAddr: `${address(0)}:2377`, AdvertiseAddr: address(0) } });
    const { JoinTokens } = await manager.engine.get<Swarm>("/swarm");
    for (const [index, worker] of workers.entries()) {
      const own = address(index + 1);
      const body = { ListenAddr: `${own}:2377`, AdvertiseAddr: own, RemoteAddrs: [`${address(0)}:2377`], JoinToken: JoinTokens.Worker };
      await worker.engine.post("/swarm/join", { body });
    }
  }
}

/** Of documentation: no traffic of the host goes there. */
function address(index: number): string {
  return `198.51.100.${index + 1}`;
}
