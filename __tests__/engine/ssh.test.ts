import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Engine } from "../../engine";
import { controlDirectory, sshArguments } from "../../engine/ssh";
import { sshFailure } from "../../engine/ssh-failure";
import { json, startFakeEngine } from "./fake-engine";

it("shares one connection, never asks, notices a host that is gone, and ends its own options before the destination", () => {
  const host = { kind: "ssh", user: "deploy", hostname: "web-1", port: 2222 } as const;
  expect(sshArguments(host, ["-i", "/keys/id"], "/tmp/control")).toEqual([
    ...["-T", "-o", "BatchMode=yes", "-i", "/keys/id"],
    ...["-o", "ConnectTimeout=15", "-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=3"],
    ...["-o", "ControlMaster=auto", "-o", "ControlPath=/tmp/control/%C", "-o", "ControlPersist=60", "-p", "2222"],
    ...["--", "deploy@web-1", "docker", "system", "dial-stdio"],
  ]);
});

it("asks for the socket that the address names", () => {
  const host = { kind: "ssh", hostname: "web-1", socket: "/run/user/1000/docker.sock" } as const;
  expect(sshArguments(host, [], "/tmp/control").slice(-5)).toEqual([
    ...["web-1", "docker", "--host=unix:///run/user/1000/docker.sock", "system", "dial-stdio"],
  ]);
});

describe("what ssh says", () => {
  const host = { kind: "ssh", user: "deploy", hostname: "web-1", port: 2222 } as const;
  const told = (said: string): string => sshFailure(host, said).message;
  const start = "DOCKER_HOST_UNREACHABLE: ssh host web-1 must let us log in and run docker, got ";

  it.each([
    [
      "Host key verification failed.",
      "its host key is not in known_hosts: run ssh-keyscan -p 2222 web-1 >> ~/.ssh/known_hosts, and compare it with the host's own (ssh-keygen -lf)",
    ],
    [
      "deploy@web-1: Permission denied (publickey).",
      "load a key that the host accepts into the agent: ssh-add, or name one in ssh_opts: -i FILE",
    ],
    ["Got permission denied while trying to connect to the Docker daemon socket", "on the host, run: sudo usermod -aG docker deploy"],
    ["bash: line 1: docker: command not found", "install Docker on the host, where a login without a terminal finds it on PATH"],
    ["Cannot connect to the Docker daemon at unix:///var/run/docker.sock.", "start the engine on the host: sudo systemctl start docker"],
    ["ssh: Could not resolve hostname web-1: Name or service not known", "write the host as ssh knows it"],
  ])("fails with a remedy for %j", (said, remedy) => {
    expect(told(said)).toBe(`${start}${JSON.stringify(said)}; ${remedy}`);
  });

  it("fails with the line to run when the host key has changed, and as it is when we know no better", () => {
    const page =
      "@@@@\r\n@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\r\nOffending ED25519 key in /root/.ssh/known_hosts:3\r\nHost key verification failed.";
    expect(told(page)).toBe(
      `${start}"Offending ED25519 key in /root/.ssh/known_hosts:3 Host key verification failed."; its host key is not the one in known_hosts: ` +
        "find out why before you go on; if the host was made anew, run: ssh-keygen -R '[web-1]:2222', then ssh-keyscan -p 2222 web-1 >> ~/.ssh/known_hosts",
    );
    expect(told("Connection refused")).toBe(`${start}"Connection refused"`);
  });
});

describe("an ssh host", () => {
  const path = process.env["PATH"] ?? "";
  let directory: string;
  const open: { close(): Promise<void> }[] = [];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "fake-ssh-"));
    process.env["PATH"] = directory + delimiter + path;
  });

  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    process.env["PATH"] = path;
    rmSync(directory, { recursive: true, force: true });
  });

  /** Puts a program named ssh in front of the real one. */
  const fakeSsh = (script: string): void => {
    writeFileSync(join(directory, "ssh"), script);
    chmodSync(join(directory, "ssh"), 0o755);
  };

  it("is reached through ssh, several requests at a time", async () => {
    const fake = await startFakeEngine((request, body, response) => json(response, 200, { url: request.url, body }));
    fakeSsh(
      `#!/bin/sh\nexec node -e 'const s=require("net").connect("${fake.socketPath}");process.stdin.pipe(s);s.pipe(process.stdout)'\n`,
    );
    const engine = new Engine({ host: "ssh://deploy@web-1" });
    open.push(engine, fake);
    const answers = await Promise.all([engine.get("/a"), engine.post("/b", { body: { big: "x".repeat(100_000) } }), engine.get("/c")]);
    expect(answers).toMatchObject([{ url: "/v1.41/a" }, { url: "/v1.41/b" }, { url: "/v1.41/c" }]);
    await expect(engine.get("/again")).resolves.toMatchObject({ url: "/v1.41/again" });
  });

  it("fails with what ssh says", async () => {
    fakeSsh("#!/bin/sh\necho 'deploy@web-1: Permission denied (publickey).' >&2\nexit 255\n");
    const engine = new Engine({ host: "ssh://deploy@web-1" });
    open.push(engine);
    await expect(engine.version()).rejects.toThrow(
      'DOCKER_HOST_UNREACHABLE: ssh host web-1 must let us log in and run docker, got "deploy@web-1: Permission denied (publickey)."; load a key that the host accepts into the agent: ssh-add, or name one in ssh_opts: -i FILE',
    );
  });
});

describe("the directory of shared connections", () => {
  let parent: string;

  beforeEach(() => (parent = mkdtempSync(join(tmpdir(), "ssh-control-"))));
  afterEach(() => {
    rmSync(parent, { recursive: true });
  });

  it("is made for its user alone, and used again", () => {
    const directory = controlDirectory(parent);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(controlDirectory(parent)).toBe(directory);
  });

  it("is in /tmp where the path of a socket would be too long", () => {
    const name = `docker-tiers-ssh-${String(process.getuid?.())}`;
    const long = join(parent, "x".repeat(60));
    mkdirSync(long);
    expect(controlDirectory(long)).toBe(join("/tmp", name));
    const shared = join("/tmp", name, "a".repeat(40) + "." + "b".repeat(16));
    expect(shared.length).toBeLessThan(104);
  });

  it("fails when others may write into it", () => {
    const directory = controlDirectory(parent);
    chmodSync(directory, 0o777);
    expect(() => controlDirectory(parent)).toThrow(
      `${directory} must be a directory of user ${String(process.getuid?.())} alone (0700), got another; remove it and try again`,
    );
  });
});
