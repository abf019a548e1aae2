import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Duplex } from "node:stream";
import { EngineError } from "./error";
import type { EngineHost } from "./host";

type SshHost = Extract<EngineHost, { kind: "ssh" }>;

const STDERR_LIMIT = 2_000;

/** The command line that opens one connection to the engine of an ssh host. */
export function sshArguments(host: SshHost, options: readonly string[], controlDirectory: string): string[] {
  const destination = host.user ? `${host.user}@${host.hostname}` : host.hostname;
  // One shared connection: many parallel logins run into sshd's MaxStartups.
  const shared = ["-o", "ControlMaster=auto", "-o", `ControlPath=${join(controlDirectory, "%C")}`, "-o", "ControlPersist=60"];
  const port = host.port === undefined ? [] : ["-p", String(host.port)];
  return [
    "-T",
    "-o",
    "BatchMode=yes",
    "-o",
    "ConnectTimeout=15",
    ...options,
    ...shared,
    ...port,
    "--",
    destination,
    "docker",
    "system",
    "dial-stdio",
  ];
}

/** Opens a connection to the engine of an ssh host by `docker system dial-stdio`. */
export function dialSsh(host: SshHost, options: readonly string[]): Duplex {
  const child = spawn("ssh", sshArguments(host, options, controlDirectory()), { stdio: "pipe" });
  return duplexOf(child, host.hostname);
}

function controlDirectory(): string {
  const directory = join(tmpdir(), `docker-tiers-ssh-${process.getuid?.() ?? 0}`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return directory;
}

function duplexOf(child: ChildProcessWithoutNullStreams, hostname: string): Duplex {
  const duplex = Duplex.from({ readable: child.stdout, writable: child.stdin });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-STDERR_LIMIT)));
  child.on("error", (cause) => duplex.destroy(sshFailure(hostname, cause.message, cause)));
  child.on("close", (code) => {
    if (code !== 0 && code !== null) duplex.destroy(sshFailure(hostname, stderr.trim() || `ssh ended with exit code ${code}`));
  });
  duplex.on("close", () => child.kill());
  return duplex;
}

function sshFailure(hostname: string, reason: string, cause?: unknown): EngineError {
  return new EngineError(
    0,
    `DOCKER_HOST_UNREACHABLE: ssh host ${hostname} must let us log in and run docker, got ${JSON.stringify(reason)}`,
    { cause },
  );
}
