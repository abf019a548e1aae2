import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { lstatSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Duplex } from "node:stream";
import { EngineError } from "./error";
import type { SshHost } from "./host";
import { sshFailure } from "./ssh-failure";

const STDERR_LIMIT = 2_000;
/** What a socket's path may have: 108 bytes on Linux, 104 on others, with a zero at the end. */
const SOCKET_PATH_BYTES = 104;
/** A slash, the 40 digits of `%C`, and what ssh appends while it makes the socket. */
const SOCKET_NAME_BYTES = 1 + 40 + 17;

/**
 * The command line of ssh for a host. What comes first holds: a user's options precede ours.
 * @param command words that the host's shell joins; without them one connection to the engine is opened
 */
export function sshArguments(
  host: SshHost,
  options: readonly string[],
  controlDirectory: string,
  command: readonly string[] = dialStdio(host),
): string[] {
  const destination = host.user ? `${host.user}@${host.hostname}` : host.hostname;
  const port = host.port === undefined ? [] : ["-p", String(host.port)];
  return [
    ...["-T", "-o", "BatchMode=yes", ...options],
    // A host that is gone is noticed within 45 s, however long an answer may take.
    ...["-o", "ConnectTimeout=15", "-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=3"],
    // One shared connection: many parallel logins run into sshd's MaxStartups.
    ...["-o", "ControlMaster=auto", "-o", `ControlPath=${join(controlDirectory, "%C")}`, "-o", "ControlPersist=60"],
    ...port,
    ...["--", destination, ...command],
  ];
}

/** The command that hands over to the engine. */
const dialStdio = ({ socket }: SshHost): string[] => [
  "docker",
  ...(socket === undefined ? [] : [`--host=unix://${socket}`]),
  "system",
  "dial-stdio",
];

/** Opens a connection to the engine of an ssh host by `docker system dial-stdio`. */
export function dialSsh(host: SshHost, options: readonly string[]): Duplex {
  return new SshConnection(host, spawn("ssh", sshArguments(host, options, controlDirectory()), { stdio: "pipe", env: process.env }));
}

/**
 * Where the shared connections of this user have their sockets.
 *
 * @throws EngineError when it is somebody else's or open to others, who would then speak for the host
 */
export function controlDirectory(parent: string = tmpdir()): string {
  const uid = process.getuid?.() ?? 0;
  const name = `docker-tiers-ssh-${uid}`;
  const directory = join(join(parent, name).length + SOCKET_NAME_BYTES < SOCKET_PATH_BYTES ? parent : "/tmp", name);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const found = lstatSync(directory);
  if (found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0) return directory;
  throw new EngineError(0, `${directory} must be a directory of user ${uid} alone (0700), got another; remove it and try again`);
}

/** The input and output of an ssh process as a socket, as far as node:http uses one. */
class SshConnection extends Duplex {
  readonly #child: ChildProcessWithoutNullStreams;

  constructor(host: SshHost, child: ChildProcessWithoutNullStreams) {
    super();
    this.#child = child;
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-STDERR_LIMIT)));
    child.stdout.on("data", (chunk: Buffer) => {
      if (!this.push(chunk)) child.stdout.pause();
    });
    // What ssh wrote last is shown by the event "close" below.
    child.stdin.on("error", () => undefined);
    child.on("error", (cause) => this.destroy(sshFailure(host, cause.message, cause)));
    child.on("close", (code) => {
      if (code === 0) this.push(null);
      else this.destroy(sshFailure(host, stderr.trim() || `ssh ended with exit code ${code ?? "none"}`));
    });
  }

  override _read(): void {
    this.#child.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#child.stdin.write(chunk)) done();
    else this.#child.stdin.once("drain", done);
  }

  override _final(done: () => void): void {
    this.#child.stdin.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#child.kill();
    done(error);
  }

  // Called by the agent when it keeps a connection.
  setKeepAlive(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setTimeout(): this {
    return this;
  }

  ref(): this {
    this.#child.ref();
    return this;
  }

  unref(): this {
    this.#child.unref();
    return this;
  }
}
