import { spawn } from "node:child_process";

export interface CommandOptions {
  readonly cwd?: string;
  /** Beside those of this process; undefined removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What the command reads. @default - nothing */
  readonly input?: string | Uint8Array;
  /** @default 180 */
  readonly timeoutSeconds?: number;
  /** Called with the process id at once. */
  readonly onStart?: (pid: number) => void;
  /** Called with each piece of standard output. */
  readonly onOutput?: (text: string) => void;
}

export interface Outcome {
  /** 128 + n after a signal n is the shell's way; here a signal counts as -1. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** Runs a command to its end, whatever its exit code. It leads a process group of its own, so that a timeout leaves nothing behind. */
export async function run(file: string, args: readonly string[], options: CommandOptions = {}): Promise<Outcome> {
  const { cwd, env = {}, input = "", timeoutSeconds = 180 } = options;
  const started = performance.now();
  const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, detached: true });
  const { pid } = child;
  if (pid !== undefined) options.onStart?.(pid);
  const timer = setTimeout(() => pid !== undefined && killGroup(pid), timeoutSeconds * 1000);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    options.onOutput?.(text);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  // A command that ends without reading its input is no fault of ours.
  child.stdin.on("error", () => undefined).end(input);
  const code = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => {
      resolve(exitCode ?? -1);
    });
  });
  clearTimeout(timer);
  return { code, stdout, stderr, seconds: (performance.now() - started) / 1000 };
}

/** Standard output of a command that must succeed, without the final line break. */
export async function output(file: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await run(file, args, options);
  if (code !== 0) throw new Error(`${file} ${args.join(" ").slice(0, 200)} exited with ${code}:\n${`${stdout}\n${stderr}`.slice(-4000)}`);
  return stdout.trimEnd();
}

/** Kills a command and all it started. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
