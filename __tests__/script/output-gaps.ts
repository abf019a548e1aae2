import { spawn, type ChildProcess } from "node:child_process";

export interface Observed {
  readonly code: number | null;
  readonly output: string;
  /** The longest time without any output, from the start to the end, in milliseconds. */
  readonly longestGapMs: number;
  /** How long a machine that is busy has held up a program that prints ten times a second, at most, in the same time. */
  readonly heldUpMs: number;
}

/** Processes like those between two lines of a step, again and again. */
const TICKS = 'while :; do stat -c %s / >/dev/null; n=$(echo 1); n=$(echo 2); sleep 0.1; echo "$n"; done';
const TICK_MS = 100;

/** The times at which a program printed something. */
class Watch {
  readonly times: number[] = [performance.now()];
  output = "";

  constructor(readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.times.push(performance.now());
        this.output += text;
      });
    }
  }

  get longestGapMs(): number {
    const ends = [...this.times.slice(1), performance.now()];
    return Math.max(...ends.map((end, index) => end - (this.times[index] ?? end)));
  }
}

/** Runs a command to its end, and measures how long it was silent. */
export async function observe(
  file: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Observed> {
  const ticks = new Watch(spawn("bash", ["-c", TICKS], { stdio: ["ignore", "pipe", "pipe"] }));
  const watch = new Watch(spawn(file, args, { ...options, stdio: ["ignore", "pipe", "pipe"] }));
  try {
    const code = await new Promise<number | null>((resolve, reject) => watch.child.on("error", reject).on("close", resolve));
    return { code, output: watch.output, longestGapMs: watch.longestGapMs, heldUpMs: ticks.longestGapMs - TICK_MS };
  } finally {
    ticks.child.kill();
  }
}

/** 2 seconds, and more on a machine that holds up every program: a round of a step starts several times as many processes as a tick. */
export function allowedGapMs({ heldUpMs }: Observed): number {
  return 2000 + 3 * Math.max(0, heldUpMs);
}
