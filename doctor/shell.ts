import { spawn } from "node:child_process";

import { controlDirectory, hasTls, parseHost, sshArguments, type EngineOptions } from "../engine";
import { quoted } from "./quoted";

/** Runs a script on the engine's host. @returns what it printed; undefined when the host cannot be looked into */
export type Shell = (script: string, words: readonly string[]) => Promise<string | undefined>;

/** The shell of the host that an engine runs on: of this machine, or by ssh. Behind tcp:// there is none. */
export function shellOf(options: EngineOptions): Shell {
  const { host = "", sshOptions = [] } = options;
  const place = parseHost(host, hasTls(options));
  if (place.kind === "tls") return () => Promise.resolve(undefined);
  if (place.kind === "unix") return (script, words) => run("sh", ["-s", "--", ...words], script);
  return (script, words) =>
    run("ssh", sshArguments(place, sshOptions, controlDirectory(), ["sh", "-s", "--", ...words.map(quoted)]), script);
}

/** The version of the terraform that a deploy from here would run. @returns undefined when there is none */
export async function terraformVersion(): Promise<string | undefined> {
  const printed = await run("terraform", ["version", "-json"], "");
  return /"terraform_version":\s*"([^"]+)"/.exec(printed ?? "")?.[1];
}

function run(program: string, words: readonly string[], input: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, words, { stdio: ["pipe", "pipe", "ignore"], env: process.env });
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (printed += chunk));
    child.stdin.on("error", () => undefined); // the exit code tells
    child.on("error", () => resolve(undefined));
    child.on("close", (code) => resolve(code === 0 ? printed : undefined));
    child.stdin.end(input);
  });
}
