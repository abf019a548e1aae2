import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that keeps states and locks them, as Terraform's HTTP backend expects. */
export class StateServer {
  readonly states = new Map<string, string>();
  /** Who holds a state, as Terraform told it. */
  readonly locks = new Map<string, string>();
  /** Who held it while it was written. */
  readonly writers: string[] = [];

  static async start(): Promise<StateServer> {
    const server = createServer();
    const states = new StateServer(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return states;
  }

  private constructor(private readonly server: Server) {
    server.on("request", (request, response) => {
      void this.answer(request).then(({ status, body }) => response.writeHead(status).end(body));
    });
  }

  get address(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/states`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage): Promise<{ status: number; body?: string }> {
    const { method, url = "/" } = request;
    const name = new URL(url, "http://localhost").pathname.replace("/states/", "");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString("utf8");
    if (method === "LOCK") return this.lock(name, body);
    if (method === "UNLOCK") return { status: this.locks.delete(name) ? 200 : 404 };
    if (method === "POST") return this.write(name, body);
    const state = this.states.get(name);
    return state === undefined ? { status: 404 } : { status: 200, body: state };
  }

  private lock(name: string, body: string): { status: number; body?: string } {
    const holder = this.locks.get(name);
    if (holder !== undefined) return { status: 423, body: holder };
    this.locks.set(name, body);
    return { status: 200 };
  }

  private write(name: string, body: string): { status: number } {
    this.writers.push(this.locks.get(name) ?? "nobody");
    this.states.set(name, body);
    return { status: 200 };
  }
}
