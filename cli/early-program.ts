import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCdktfFile } from "./cdktf-file";
import type { CommandContext } from "./served-provider";

/** What cdktf tells a program by its environment, where nothing else is asked for. */
const TOLD = {
  CDKTF_OUTDIR: "cdktf.out",
  CDKTF_CONTEXT_JSON: '{"cdktfRelativeModules":[]}',
  CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "true",
  NODE_ENV: "production",
  SYNTH_HCL_OUTPUT: "false",
} as const;

/** Options that change whether and what cdktf runs, or what it tells the program. */
const DECISIVE = /^(-a|--app|-o|--output|--hcl|--context|--skip-synth|--continue-on-error-annotations)(=|$)/;

/**
 * Starts the project's program beside cdktf's own start-up, which takes longer, and lets cdktf take what it has done: the arguments are given back
 * with an `--app` that waits for it. Told anything else than this one, cdktf runs the program itself.
 *
 * @returns the arguments as they are where the project or the command line say more than which program to run
 */
export function startProgramEarly({ args, directory, env }: CommandContext): readonly string[] {
  const app = programOf(directory);
  if (app === undefined || args.some((arg) => DECISIVE.test(arg))) return args;
  const folder = mkdtempSync(join(tmpdir(), "docker-tiers-program-"));
  process.once("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  // The status comes last and whole: it says that the rest is there.
  const script = `{ ${app}\n} >"$0/out" 2>"$0/err"; echo $? >"$0/status"; mv "$0/status" "$0/code"`;
  spawn("sh", ["-c", script, folder], { cwd: directory, env: { ...env, ...TOLD }, stdio: "ignore", detached: true })
    .on("error", () => undefined)
    .unref();
  return [...args, "--app", waiting(app, folder)];
}

/** What cdktf runs instead of the program. It ends with this process, and never waits for a program that was told something else. */
function waiting(app: string, folder: string): string {
  const same = Object.entries(TOLD).map(([name, value]) => `[ "$${name}" = '${value}' ]`);
  const enter = `cd '${folder.replaceAll("'", String.raw`'\''`)}'`;
  const wait = `while kill -0 ${String(process.pid)} 2>/dev/null && [ ! -e code ]; do sleep 0.02; done`;
  const take = 'cat out; cat err >&2; exit "$(cat code)"';
  return `if ${same.join(" && ")}; then ${enter}; ${wait}; ${take}; else ${app}\nfi`;
}

/** The program of a project that gives it no context of its own. */
function programOf(directory: string): string | undefined {
  const { app, context, output } = readCdktfFile(directory);
  return typeof app === "string" && context === undefined && output === undefined ? app : undefined;
}
