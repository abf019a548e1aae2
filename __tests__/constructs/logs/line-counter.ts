import { createServer, type Socket } from "node:net";

/** A syslog server at a socket of the file system, that reads nothing before it is opened. */
export class LineCounter {
  private readonly sockets = new Set<Socket>();
  private readonly counts = new Map<string, number>();
  private isOpen = false;
  private readonly server = createServer({ pauseOnConnect: true }, (socket) => this.take(socket));

  private constructor() {}

  static async at(path: string): Promise<LineCounter> {
    const counter = new LineCounter();
    await new Promise<void>((done) => counter.server.listen(path, done));
    return counter;
  }

  /** Reads from now on, and what has been waiting first. */
  open(): void {
    this.isOpen = true;
    for (const socket of this.sockets) socket.resume();
  }

  /** How many lines have come whose tag is the word. */
  lines(tag: string): number {
    return this.counts.get(tag) ?? 0;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((done) => this.server.close(done));
  }

  private take(socket: Socket): void {
    this.sockets.add(socket);
    let rest = "";
    socket.setEncoding("utf8").on("error", () => undefined);
    socket.on("data", (text: string) => {
      const lines = `${rest}${text}`.split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) this.count(line);
    });
    if (this.isOpen) socket.resume();
  }

  private count(line: string): void {
    const tag = / (\S+) \d+ \S+ - /.exec(line)?.[1] ?? "";
    this.counts.set(tag, this.lines(tag) + 1);
  }
}
