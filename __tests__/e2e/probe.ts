import { output } from "./command";
import type { ContainerFacts, Docker } from "./docker";

/** How an attempt ended; "other" is an answer of somebody who does not know what to do with the request. */
export type Reach = "open" | "unresolved" | "refused" | "unreachable" | "silent" | "other";

/**
 * Looks the name up, connects and asks, as a client would. MySQL greets, Redis complains, a web server answers: each of them says something. A host
 * that has no route to a network sends packets the way to the internet, where a proxy may stand in for every address, and refuses what it is asked.
 */
const PROBE = `
const { Resolver } = require("node:dns/promises");
const { connect, isIP } = require("node:net");
const kinds = { ECONNREFUSED: "refused", ENETUNREACH: "unreachable", EHOSTUNREACH: "unreachable" };
// The engine answers names that it knows at once, and asks the host's servers for all others: those may take long to say no.
const resolver = new Resolver({ timeout: 3000, tries: 1 });
async function reach([host, port]) {
  const [address] = isIP(host) ? [host] : await resolver.resolve4(host).catch(() => []);
  if (!address) return "unresolved";
  return new Promise((resolve) => {
    const socket = connect({ host: address, port: Number(port), timeout: 2000 });
    const end = (result) => { socket.destroy(); resolve(result); };
    socket.on("connect", () => socket.write("GET / HTTP/1.0\\r\\n\\r\\n"));
    socket.on("data", (data) => end(/^HTTP\\S+ [45](?![^]*nginx)/.test(data) ? "other" : "open")).on("end", () => end("silent"));
    socket.on("timeout", () => end("silent")).on("error", (error) => end(kinds[error.code] ?? error.code));
  });
}
const targets = process.argv.slice(1).map((target) => target.split(/:(?=\\d+$)/));
Promise.all(targets.map(reach)).then((results) => console.log(JSON.stringify(results)));
`;

/** Probes from the network of a container: the same program wherever it looks from, whatever that container's own image holds. */
export class Probe {
  constructor(
    private readonly docker: Docker,
    /** An image with node. */
    private readonly image: string,
  ) {}

  /** How each `host:port` is reached from inside a container. */
  from(container: Pick<ContainerFacts, "Id">, targets: readonly string[]): Promise<Record<string, Reach>> {
    return this.within(`container:${container.Id}`, targets);
  }

  /** The same from a network. */
  async within(network: string, targets: readonly string[]): Promise<Record<string, Reach>> {
    const program = ["--entrypoint", "node", this.image, "-e", PROBE, "--", ...targets];
    return byTarget(targets, await this.docker.run(["run", "--rm", "--network", network, ...program]));
  }
}

/** The same from this host. */
export const fromHost = async (targets: readonly string[]): Promise<Record<string, Reach>> =>
  byTarget(targets, await output(process.execPath, ["-e", PROBE, "--", ...targets]));

function byTarget(targets: readonly string[], printed: string): Record<string, Reach> {
  const results = JSON.parse(printed) as Reach[];
  return Object.fromEntries(targets.map((target, index) => [target, results[index] ?? "silent"]));
}
