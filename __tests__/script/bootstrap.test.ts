import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allowedGapMs, observe } from "./output-gaps";

const root = join(__dirname, "../..");
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "docker-tiers-bootstrap-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** A program that shadows the system's one. */
function shadow(name: string, script: string): void {
  writeFileSync(join(directory, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(directory, name), 0o755);
}

function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${directory}:${process.env["PATH"] ?? ""}`,
    DOCKER_TIERS_SOCKET: join(directory, "docker.sock"),
    DOCKER_TIERS_ENGINE_LOG: join(directory, "dockerd.log"),
    DOCKER_TIERS_SYSTEMD: join(directory, "systemd"),
  };
}

function bootstrap(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(join(root, "script/bootstrap"), args, { env: environment(), encoding: "utf8" });
  return { status, stdout, stderr };
}

/** An engine that answers a ping a while after its start, and ends by itself. */
const ENGINE = `exec ${process.execPath} -e '
  const server = require("http").createServer((_, answer) => answer.end("OK"));
  setTimeout(() => server.listen(process.env.DOCKER_TIERS_SOCKET), 500);
  setTimeout(() => process.exit(0), 6000);
'`;

describe("script/bootstrap", () => {
  it("starts an engine where none answers, shows that it waits, and leaves it alone the next time", () => {
    shadow("id", "echo 0");
    shadow("dockerd", ENGINE);
    shadow("systemctl", `dockerd >/dev/null 2>&1 &`);
    const first = bootstrap();
    expect(first).toMatchObject({ status: 0, stderr: "" });
    expect(first.stdout).toMatch(
      /^== starting the Docker engine\n( +\.\.\. waiting for the engine, [\d.]+ s\n)+ +the engine answers after [\d.]+ s\n$/,
    );
    shadow("dockerd", "exit 99");
    expect(bootstrap()).toEqual({ status: 0, stdout: `== an engine answers at ${directory}/docker.sock\n`, stderr: "" });
  }, 30_000);

  it("shows that it waits for systemd as well", () => {
    mkdirSync(join(directory, "systemd"));
    shadow("id", "echo 0");
    shadow("dockerd", ENGINE);
    shadow("systemctl", "sleep 3; setsid dockerd >/dev/null 2>&1 </dev/null &");
    const { status, stdout } = bootstrap();
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^== starting the Docker engine\n( +\.\.\. starting the Docker engine, [\d.]+ s\n)+ +starting the Docker engine: done in [\d.]+ s\n/,
    );
  }, 30_000);

  it("asks the engine of another socket and never starts one there", () => {
    const socket = join(directory, "other.sock");
    shadow("id", "echo 0");
    shadow("dockerd", "exit 99");
    expect(bootstrap("--socket", socket)).toEqual({
      status: 3,
      stdout: "",
      stderr: `ENGINE_SILENT: a Docker engine must answer at ${socket}, got none; start that engine, or correct the host's address: only the engine at /var/run/docker.sock is started here\n`,
    });
    const engine = spawn(process.execPath, [
      "-e",
      `require("http").createServer((_, answer) => answer.end("OK")).listen(${JSON.stringify(socket)}, () => console.log("up"))`,
    ]);
    try {
      while (!existsSync(socket)) spawnSync("sleep", ["0.1"]);
      expect(bootstrap("--socket", socket)).toEqual({ status: 0, stdout: `== an engine answers at ${socket}\n`, stderr: "" });
    } finally {
      engine.kill();
    }
  }, 30_000);

  it("is never silent for 2 seconds, not even where an engine takes connections and does not answer", async () => {
    const mute = createServer(() => undefined).listen(join(directory, "docker.sock"));
    try {
      await once(mute, "listening");
      shadow("id", "echo 1000");
      shadow("dockerd", "exit 99");
      const observed = await observe(join(root, "script/bootstrap"), [], { env: environment() });
      expect(observed.code).toBe(3);
      // It waits for three seconds, and once more before it starts one.
      expect(observed.output).toMatch(/^( +\.\.\. asking the engine at \S+\n){3,}BOOTSTRAP_NEEDS_ROOT: /);
      expect(observed.longestGapMs).toBeLessThan(allowedGapMs(observed));
    } finally {
      mute.close();
    }
  }, 30_000);

  it("fails as an ordinary user where no engine answers, and says what to run", () => {
    shadow("id", "case $1 in -u) echo 1000 ;; *) echo ann ;; esac");
    shadow("dockerd", "exit 99");
    expect(bootstrap()).toEqual({
      status: 3,
      stdout: "",
      stderr: "BOOTSTRAP_NEEDS_ROOT: starting the Docker engine takes root, got user ann; run once: sudo script/bootstrap\n",
    });
  });

  it("fails when the engine ends instead of starting, with its last words", () => {
    shadow("id", "echo 0");
    shadow("dockerd", "echo cannot start, no cgroups; exit 99");
    shadow("systemctl", "echo cannot start, no cgroups; [ $1 != enable ]");
    const { status, stderr } = bootstrap();
    expect(status).toBe(3);
    expect(stderr).toContain("cannot start, no cgroups\n");
    expect(stderr).toMatch(
      /\nENGINE_NOT_STARTED: a Docker engine must answer at \S+, got (one that ended|one that systemd could not start), see above; correct that and try again\n$/,
    );
  });

  it("fails without a way to install what is missing", () => {
    shadow("id", "echo 0");
    shadow("apt-get", "echo 'E: Could not resolve the mirror'; exit 100");
    const tools = [
      "bash",
      "node",
      "dirname",
      "mktemp",
      "stat",
      "sleep",
      "tail",
      "head",
      "timeout",
      "cat",
      "rm",
      "dpkg-deb",
      "flock",
      "kill",
    ];
    for (const tool of tools) shadow(tool, `exec "$(PATH=${process.env["PATH"] ?? ""} command -v ${tool})" "$@"`);
    const env = { PATH: directory, DOCKER_TIERS_SOCKET: join(directory, "docker.sock"), DOCKER_TIERS_ENGINE_LOG: join(directory, "log") };
    const { status, stderr } = spawnSync("/bin/bash", [join(root, "script/bootstrap")], { env, encoding: "utf8" });
    expect(status).toBe(3);
    expect(stderr).toContain(
      "MIRROR_UNREACHABLE: docker.io must be installed, got no package lists, see above; check the network and /etc/apt, or install it by hand\n",
    );
  }, 30_000);
});
