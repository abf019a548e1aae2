import { readdirSync, readFileSync } from "node:fs";

const INTERVAL_MS = 20;

/** Notes the arguments and the environment of every process of this machine for as long as it watches, short-lived ones too. */
export class ProcessWatch {
  readonly commands = new Set<string>();
  readonly environments = new Set<string>();
  samples = 0;
  private timer: NodeJS.Timeout | undefined;

  start(): this {
    this.timer = setInterval(() => this.sample(), INTERVAL_MS);
    return this;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  sample(): void {
    this.samples += 1;
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      this.commands.add(read(`/proc/${pid}/cmdline`));
      this.environments.add(read(`/proc/${pid}/environ`));
    }
  }
}

/** A process that has ended, or is not ours to look at, has nothing to say. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
