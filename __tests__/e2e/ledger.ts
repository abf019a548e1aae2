import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { buildSync } from "esbuild";
import type { ContainerFacts, Docker } from "./docker";

/**
 * Inserts rows into a table of its own, as a client in the network of `peer` and with its credentials, and keeps a ledger of what the
 * database has acknowledged: here, outside of every container.
 */
export class Ledger {
  readonly acknowledged: string[] = [];
  /** Attempts that failed: more than none while the database is down, or the kill had no effect. */
  failed = 0;
  private child: ChildProcess | undefined;

  constructor(
    private readonly docker: Docker,
    private readonly peer: ContainerFacts,
    private readonly image: string,
  ) {}

  start(): void {
    this.child = this.client("insert");
    let rest = "";
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      const lines = `${rest}${text}`.split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) this.note(line);
    });
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    const ended = new Promise((resolve) => child.on("close", resolve));
    child.kill("SIGTERM");
    await ended;
  }

  /** Every token that the table holds now. */
  async stored(): Promise<Set<string>> {
    const child = this.client("read");
    let text = "";
    child.stdout?.setEncoding("utf8").on("data", (piece: string) => {
      text += piece;
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    if (code !== 0) throw new Error(`the table must be readable, the client exited with ${String(code)}`);
    return new Set(text.split("\n").filter((line) => line !== ""));
  }

  private note(line: string): void {
    if (line === "failed") this.failed += 1;
    else this.acknowledged.push(line);
  }

  private client(mode: "insert" | "read"): ChildProcess {
    const variables = this.peer.Config.Env.filter((variable) => variable.startsWith("DATABASE_")).flatMap((variable) => ["-e", variable]);
    const place = ["--network", `container:${this.peer.Id}`, "--volumes-from", `${this.peer.Id}:ro`, "--user", "1000:1000", "--init"];
    const args = ["-H", this.docker.host, "run", "-i", "--rm", ...place, ...variables, "--entrypoint", "node", this.image, "-", mode];
    const child = spawn("docker", args, { stdio: ["pipe", "pipe", "inherit"] });
    child.stdin.end(program());
    return child;
  }
}

/** The client and its packages as one file, which the container reads from standard input: nothing is mounted or copied. */
function program(): string {
  const entry = join(__dirname, "ledger-client.ts");
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}
