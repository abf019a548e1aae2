import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** @default - the working directory */
  readonly cwd?: string;
  /** Variables beside those of this process. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Milliseconds of one run. @throws when the exit code is not 0, with the end of what the command printed */
export async function timeOf({ file, args, cwd, environment }: Command): Promise<number> {
  const began = performance.now();
  const child = spawn(file, args, { cwd, env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) throw new Error(`${file} ${args.join(" ")} must succeed, got exit code ${String(code)}:\n${output.slice(-2000)}`);
  return performance.now() - began;
}

export type Measure = () => Promise<number>;

/** Both in turn, so that what else the machine does hits both. */
export async function inTurn(first: Measure, second: Measure, times: number): Promise<readonly [number[], number[]]> {
  const results: readonly [number[], number[]] = [[], []];
  for (let round = 0; round < times; round++) {
    results[0].push(await first());
    results[1].push(await second());
    process.stdout.write(".");
  }
  process.stdout.write("\n");
  return results;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [lower, upper] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (lower === undefined || upper === undefined) throw new Error("median must have at least one value, got none");
  return (lower + upper) / 2;
}
