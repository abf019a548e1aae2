import { mkdtempSync, rmSync } from "node:fs";
import { createConnection, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A socket that leads to the engine's, and counts what is sent there. */
export class CountingSocket {
  private readonly directory = mkdtempSync(join(tmpdir(), "counting-socket-"));
  private readonly open = new Set<Socket>();
  private readonly server = createServer((client) => this.join(client));
  /** Since the last {@link reset}. */
  bytes = 0;
  /** Builds that were asked for. */
  builds = 0;

  private constructor(private readonly engine: string) {}

  static async to(engine: string): Promise<CountingSocket> {
    const socket = new CountingSocket(engine);
    await new Promise<void>((resolve) => socket.server.listen(join(socket.directory, "engine.sock"), resolve));
    return socket;
  }

  get host(): string {
    return `unix://${join(this.directory, "engine.sock")}`;
  }

  reset(): void {
    this.bytes = 0;
    this.builds = 0;
  }

  async close(): Promise<void> {
    for (const socket of this.open) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
    rmSync(this.directory, { recursive: true });
  }

  private join(client: Socket): void {
    const engine = createConnection(this.engine);
    client.on("data", (chunk: Buffer) => {
      this.bytes += chunk.length;
      this.builds += chunk.toString("latin1").split(/POST \S*\/build\?/).length - 1;
    });
    for (const socket of [client, engine]) {
      this.open.add(socket);
      socket.on("error", () => socket.destroy()).on("close", () => this.open.delete(socket));
    }
    client.pipe(engine).pipe(client);
  }
}
