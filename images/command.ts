import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How a program ended. `lines` holds stdout, `errors` holds stderr. */
export interface CommandResult {
  readonly exitCode: number;
  readonly lines: readonly string[];
  readonly errors: readonly string[];
}

/**
 * Runs a program without a shell and tells every line of its output as it comes.
 * Messages are in English whatever the locale. Rejects only when the program cannot be started.
 */
export async function runCommand(
  program: string,
  args: readonly string[],
  onLine: (line: string) => void = () => undefined,
): Promise<CommandResult> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, LC_ALL: "C.UTF-8" } });
  const lines: string[] = [];
  const errors: string[] = [];
  createInterface(child.stdout).on("line", (line) => {
    lines.push(line);
    onLine(line);
  });
  createInterface(child.stderr).on("line", (line) => errors.push(line));
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
  return { exitCode, lines, errors };
}

/** True for the error of a program that is not installed. */
export function isNotFound(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT";
}
