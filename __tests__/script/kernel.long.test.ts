import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { poll } from "../e2e/poll";

const root = join(__dirname, "../..");
const script = join(root, "script/kernel");
const note = join(root, `temp/reports/kernel-test-${process.pid}`);
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "docker-tiers-kernels-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
  rmSync(note, { force: true });
});

const environment = (): NodeJS.ProcessEnv => ({ ...process.env, TMPDIR: directory });

/** Processes of the kernels that keep their files in the directory. */
const kernels = (): string[] =>
  spawnSync("pgrep", ["--full", `linux.uml .*${directory}/`], { encoding: "utf8" })
    .stdout.split("\n")
    .filter(Boolean);

/** What is in the directory but for what Node.js keeps for its next start. */
const left = (): string[] => readdirSync(directory).filter((name) => !name.startsWith("v8-compile-cache"));

describe("script/kernel", () => {
  it("gives a command a kernel with an engine, passes on what it says and how it ends, and leaves of what it wrote its reports alone", () => {
    const program = `uname -r; docker version --format "{{.Server.Version}}" >&2; printf %s "$0" >${note}; touch ${directory}/lost; exit 7`;
    const { status, stdout, stderr } = spawnSync(script, ["sh", "-c", program, 'two "words"'], { env: environment(), encoding: "utf8" });
    const [, linux = "", docker = ""] = /^== Linux (\S+), Docker (\S+)\n/.exec(stdout) ?? [];
    expect({ status, stdout, stderr }).toEqual({
      status: 7,
      stdout: `== Linux ${linux}, Docker ${docker}\n${linux}\n`,
      stderr: `${docker}\n`,
    });
    expect(linux).not.toBe(execFileSync("uname", ["-r"], { encoding: "utf8" }).trim());
    expect(readFileSync(note, "utf8")).toBe('two "words"');
    expect(left()).toEqual([]);
    expect(kernels()).toEqual([]);
  });

  it("fails when the kernel stops before the command has ended, whatever that has printed and written", () => {
    const program = "echo 0; echo 0 >&2; echo o >/proc/sysrq-trigger; sleep 600";
    const { status, stderr } = spawnSync(script, ["sh", "-c", program], { env: environment(), encoding: "utf8" });
    expect(status).toBe(3);
    expect(stderr).toMatch(/\nKERNEL_STOPPED: the kernel must run the command within 1800 s, got no end of it, see above\n$/);
    expect(left()).toEqual([]);
  });

  it("ends its kernel when it is killed itself", async () => {
    const killed = spawn(script, ["sh", "-c", `echo running >${note}; sleep 600`], { env: environment(), stdio: "ignore" });
    await poll("the command runs", 240, () => Promise.resolve(existsSync(note) ? true : undefined));
    expect(kernels()).not.toEqual([]);
    const ended = once(killed, "close");
    killed.kill("SIGKILL");
    await ended;
    await poll("the kernel has ended", 60, () => Promise.resolve(kernels().length === 0 ? true : undefined));
  });

  it("fails without a command, and for a user who is not root", () => {
    const run = (command: string, ...args: string[]): unknown => {
      const { status, stdout, stderr } = spawnSync(command, args, { env: environment(), encoding: "utf8" });
      return { status, stdout, stderr };
    };
    const usage = "usage: script/kernel [--image NAME]... COMMAND..., got no command\n";
    expect(run(script, "--image", "redis")).toEqual({ status: 2, stdout: "", stderr: usage });
    const refused = "KERNEL_NEEDS_ROOT: a kernel takes root, got user nobody\n";
    const nobody = ["--reuid", "65534", "--clear-groups", "env", "TMPDIR=/tmp", script, "true"];
    expect(run("setpriv", ...nobody)).toEqual({ status: 3, stdout: "", stderr: refused });
  });
});
