import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const PATIENCE_MS = 1000;

/** Holds the lock for as long as its standard input is open: it ends with the process that started it, however that ends. */
const HOLD = 'echo "process $1 in $2" >"$0"; echo taken; exec cat >/dev/null';

/** A lock among all processes of this host, by a file. */
export class HostLock {
  private holder: ChildProcess | undefined;

  constructor(private readonly file: string) {}

  /** Waits until no one else has it, and says so with who has. */
  async take(say: (message: string) => void = console.error): Promise<void> {
    const args = [this.file, "sh", "-c", HOLD, this.file, String(process.pid), process.cwd()];
    const holder = spawn("flock", args, { stdio: ["pipe", "pipe", "inherit"] });
    this.holder = holder;
    const taken = new Promise<void>((resolve, reject) => {
      holder.on("error", reject);
      holder.on("close", () => {
        reject(new Error(`flock must hold ${this.file}, but it ended`));
      });
      holder.stdout.once("data", () => {
        resolve();
      });
    });
    const waiting = sleep(PATIENCE_MS).then(() => "waiting");
    if ((await Promise.race([taken, waiting])) === "waiting") {
      say(`waiting for ${this.file}: held by ${readFileSync(this.file, "utf8").trim()}`);
    }
    await taken;
  }

  async release(): Promise<void> {
    const { holder } = this;
    if (holder === undefined) return;
    this.holder = undefined;
    const ended = new Promise((resolve) => holder.on("close", resolve));
    holder.stdin?.end();
    await ended;
  }
}

/** Runs of the tests share names, ports and networks of the host. */
export const RUNS = new HostLock("/tmp/docker-tiers-e2e.lock");
