import { Agent as HttpAgent, type AgentOptions, type RequestOptions } from "node:http";
import { connect, isIP } from "node:net";
import type { Duplex } from "node:stream";
import type { EngineHost, SshHost } from "./host";
import { dialSsh } from "./ssh";
import type { TlsMaterial } from "./tls";

/** How requests reach an engine: which module of Node sends them, and through what. */
export interface Transport {
  readonly secure: boolean;
  readonly request: RequestOptions;
  /** Opens a connection of its own. */
  connect(): Duplex;
  /** Closes idle connections; those in use close when they have been. */
  close(): void;
}

/** What opening connections needs beside the address. */
export interface TransportOptions {
  readonly tls?: TlsMaterial;
  readonly sshOptions?: readonly string[];
}

const KEEP_ALIVE: AgentOptions = { keepAlive: true, keepAliveMsecs: 30_000, maxSockets: 32 };

/** Makes the transport of a host; nothing is opened yet. */
export async function openTransport(host: EngineHost, options: TransportOptions): Promise<Transport> {
  if (host.kind === "tls") return tlsTransport(host, options.tls);
  if (host.kind === "ssh") return sshTransport(host, options.sshOptions ?? []);
  const agent = new HttpAgent(KEEP_ALIVE);
  return { secure: false, request: { socketPath: host.path, agent }, connect: () => connect(host.path), close: () => closeIdle(agent) };
}

async function tlsTransport(host: Extract<EngineHost, { kind: "tls" }>, tls: TlsMaterial | undefined): Promise<Transport> {
  const [{ Agent }, secure] = await Promise.all([import("node:https"), import("node:tls")]);
  const options = { ...tls, minVersion: "TLSv1.2" } as const;
  const agent = new Agent({ ...KEEP_ALIVE, ...options });
  return {
    secure: true,
    request: { hostname: host.hostname, port: host.port, agent },
    connect: () =>
      secure.connect({ host: host.hostname, port: host.port, servername: isIP(host.hostname) ? "" : host.hostname, ...options }),
    close: () => closeIdle(agent),
  };
}

function sshTransport(host: SshHost, sshOptions: readonly string[]): Transport {
  const dial = (): Duplex => dialSsh(host, sshOptions);
  const agent = new DialAgent(dial);
  return { secure: false, request: { hostname: "docker", agent }, connect: dial, close: () => closeIdle(agent) };
}

/** What is under way is awaited: a create whose answer nobody hears leaves an object that nobody knows. */
function closeIdle(agent: HttpAgent): void {
  agent.maxFreeSockets = 0;
  for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
}

/** Takes its connections from a function instead of opening sockets. */
class DialAgent extends HttpAgent {
  readonly #dial: () => Duplex;

  constructor(dial: () => Duplex) {
    // Every connection is a process of its own, so few are kept.
    super({ ...KEEP_ALIVE, maxSockets: 8, maxFreeSockets: 2 });
    this.#dial = dial;
  }

  override createConnection(): Duplex {
    return this.#dial();
  }
}
