import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { providerToServe, serveProvider } from "../../cli/served-provider";

const LINKS = "terraform.d/plugins/terraform.local/docker-tiers/docker";
const PROGRAM = "terraform-provider-docker";

let directory: string;

beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), "docker-tiers-served-")));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** A bundle whose program is the script. */
function bundle(name: string, script = "exit 1"): string {
  mkdirSync(join(directory, name));
  writeFileSync(join(directory, name, PROGRAM), `#!/bin/sh\n${script}\n`);
  chmodSync(join(directory, name, PROGRAM), 0o755);
  return join(directory, name);
}

/** The stack's directory as a synth leaves it. */
function synthesise(stack: string, version: string, target: string, output = "cdktf.out"): string {
  const links = join(directory, output, "stacks", stack, LINKS, version);
  mkdirSync(links, { recursive: true });
  symlinkSync(target, join(links, "linux_amd64"));
  return join(directory, output, "stacks", stack);
}

const served = (args: string[], env: NodeJS.ProcessEnv = {}): unknown => providerToServe({ args, directory, env });

describe("the provider to serve", () => {
  it("is the one that the stack's last synth has linked, in the stack's directory", () => {
    const stack = synthesise("dev", "0.1.0", bundle("bundle"));
    expect(served(["deploy", "dev"])).toEqual({ program: join(directory, "bundle", PROGRAM), directory: stack });
  });

  it("is found in the output directory of the project's file, and of the command line before it", () => {
    writeFileSync(join(directory, "cdktf.json"), JSON.stringify({ output: "out" }));
    const target = bundle("bundle");
    const inFile = synthesise("dev", "0.1.0", target, "out");
    const inLine = synthesise("dev", "0.1.0", target, "elsewhere");
    expect(served(["diff", "dev"])).toMatchObject({ directory: inFile });
    expect(served(["diff", "dev", "-o", "elsewhere"])).toMatchObject({ directory: inLine });
  });

  it("is found beside links of earlier versions, which lead nowhere or to the same", () => {
    const target = bundle("bundle");
    synthesise("dev", "0.0.8", join(directory, "gone"));
    synthesise("dev", "0.0.9", target);
    const stack = synthesise("dev", "0.1.0", target);
    expect(served(["diff", "dev"])).toMatchObject({ directory: stack });
  });

  it("is none where it cannot be told which", () => {
    synthesise("dev", "0.0.9", bundle("old"));
    synthesise("dev", "0.1.0", bundle("new"));
    expect(served(["diff", "dev"])).toBeUndefined();
  });

  it("is none for a stack that was not synthesised or has another provider, and for a command of several", () => {
    synthesise("dev", "0.1.0", bundle("bundle"));
    mkdirSync(join(directory, "cdktf.out/stacks/public"), { recursive: true });
    for (const args of [["deploy", "staging"], ["deploy", "public"], ["deploy", "dev", "public"], ["synth"]])
      expect(served(args)).toBeUndefined();
  });

  it.each(["TF_REATTACH_PROVIDERS", "TF_LOG", "TF_LOG_PROVIDER"])("is none where the user has set %s", (name) => {
    synthesise("dev", "0.1.0", bundle("bundle"));
    expect(served(["deploy", "dev"], { [name]: "" })).toBeDefined();
    expect(served(["deploy", "dev"], { [name]: "x" })).toBeUndefined();
  });
});

describe("serving", () => {
  it("tells terraform of it when it listens; it works in the stack's directory and reads until this process is gone", async () => {
    const script = `echo "TF_REATTACH_PROVIDERS='{\\"in\\":\\"$PWD\\",\\"with\\":\\"$*\\"}'"; cat >/dev/null`;
    const env: NodeJS.ProcessEnv = {};
    const child = serveProvider({ program: join(bundle("bundle", script), PROGRAM), directory }, env);
    await once(child.stdout, "close");
    expect(JSON.parse(env["TF_REATTACH_PROVIDERS"] ?? "")).toEqual({ in: directory, with: "--reattach --follow-input" });
    expect(child.exitCode).toBeNull();
    child.stdin.end();
    await once(child, "exit");
  });

  it.each([
    ["ends at once", "exit 1"],
    ["says something else", "echo hello; cat >/dev/null"],
  ])("leaves it to terraform when the provider %s", async (_, script) => {
    const env: NodeJS.ProcessEnv = {};
    const child = serveProvider({ program: join(bundle("bundle", script), PROGRAM), directory }, env);
    await once(child.stdout, "close");
    child.stdin.end();
    expect(env).toEqual({});
  });

  it("leaves it to terraform when there is no such program", async () => {
    const env: NodeJS.ProcessEnv = {};
    const child = serveProvider({ program: join(directory, "none"), directory }, env);
    await new Promise((done) => child.once("close", done));
    expect(env).toEqual({});
  });
});
