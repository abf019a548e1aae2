import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Engine } from "../../engine";
import { controlDirectory, sshArguments } from "../../engine/ssh";
import { json, startFakeEngine } from "./fake-engine";

it("shares one connection, never asks, and ends its own options before the destination", () => {
  const host = { kind: "ssh", user: "deploy", hostname: "web-1", port: 2222 } as const;
  expect(sshArguments(host, ["-i", "/keys/id"], "/tmp/control")).toEqual([
    ...["-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=15", "-i", "/keys/id"],
    ...["-o", "ControlMaster=auto", "-o", "ControlPath=/tmp/control/%C", "-o", "ControlPersist=60", "-p", "2222"],
    ...["--", "deploy@web-1", "docker", "system", "dial-stdio"],
  ]);
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
      'DOCKER_HOST_UNREACHABLE: ssh host web-1 must let us log in and run docker, got "deploy@web-1: Permission denied (publickey)."',
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

  it("fails when others may write into it", () => {
    const directory = controlDirectory(parent);
    chmodSync(directory, 0o777);
    expect(() => controlDirectory(parent)).toThrow(
      `${directory} must be a directory of user ${String(process.getuid?.())} alone (0700), got another; remove it and try again`,
    );
  });
});
