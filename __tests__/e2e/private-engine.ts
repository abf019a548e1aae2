import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, openSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { output } from "./command";
import { Docker } from "./docker";
import { poll } from "./poll";

/** Who root is outside, where users are mapped. */
export const MAPPED_ROOT = 100_000;

/**
 * A Docker engine of the tests' own, which they may restart: with its own data, socket and network namespace, so that the engine of the host
 * and its firewall rules stay as they are. It takes root.
 */
export class PrivateEngine {
  private readonly directory = realpathSync(mkdtempSync(join(tmpdir(), "e2e-engine-")));
  readonly host = `unix://${join(this.directory, "docker.sock")}`;
  readonly docker = new Docker(this.host);
  private engine: ChildProcess | undefined;

  /**
   * @param options - further ones of dockerd
   * @param prepare - what a shell does first, in a mount namespace of the engine's own, with its directory as `$1`. @default - it sees the host's mounts
   */
  constructor(
    private readonly options: readonly string[] = [],
    private readonly prepare?: string,
  ) {
    // Whoever is in the group of the socket may reach it.
    chmodSync(this.directory, 0o755);
  }

  /** One that maps users: root inside is {@link MAPPED_ROOT} outside. Its table of users and its containerd are not the host's. */
  static mappingUsers(): PrivateEngine {
    const table = `printf '%s:${String(MAPPED_ROOT)}:65536\\n' nobody nogroup >"$1/users"`;
    const over = 'for file in /etc/subuid /etc/subgid; do : >>$file && mount --bind "$1/users" $file || exit 1; done';
    const containerd = "{ [ ! -d /run/containerd ] || mount -t tmpfs none /run/containerd; }";
    return new PrivateEngine(["--userns-remap", "nobody:nogroup"], [table, over, containerd].join(" && "));
  }

  async start(): Promise<void> {
    const at = (name: string): string => join(this.directory, name);
    const places = ["--data-root", at("data"), "--exec-root", at("run"), "--pidfile", at("pid"), "-H", this.host];
    const apart = ["--containerd-namespace", "e2e", "--containerd-plugins-namespace", "e2e-plugins"];
    const log = openSync(at("log"), "a");
    const { prepare = "true" } = this;
    const inside = `${prepare} && ip link set lo up && shift && exec dockerd "$@"`;
    const words = ["sh", "-c", inside, "dockerd", this.directory, ...places, ...apart, ...this.options];
    this.engine = spawn("unshare", ["--net", ...(this.prepare === undefined ? [] : ["--mount"]), ...words], {
      stdio: ["ignore", log, log],
    });
    await poll("the private engine answers", 60, async () => ((await this.docker.run(["version"])) === "" ? undefined : true));
  }

  async stop(): Promise<void> {
    const { engine } = this;
    if (engine === undefined) return;
    const ended = new Promise((resolve) => engine.on("close", resolve));
    engine.kill("SIGTERM");
    await ended;
    this.engine = undefined;
  }

  /** Copies images of another engine. */
  async load(from: Docker, images: readonly string[]): Promise<void> {
    const pipe = 'from=$1; to=$2; shift 2; docker -H "$from" save "$@" | docker -H "$to" load';
    await output("sh", ["-c", pipe, "load", from.host, this.host, ...images]);
  }

  /** What an address answers to a GET in the engine's network, where its loopback is. */
  async get(url: string): Promise<string> {
    const program = "fetch(process.argv[1]).then(async (answer) => process.stdout.write(answer.status + ' ' + (await answer.text())))";
    return output("nsenter", [this.network, process.execPath, "-e", program, "--", url]);
  }

  /** The option of nsenter for the engine's network. */
  get network(): string {
    return `--net=/proc/${this.engine?.pid ?? "self"}/ns/net`;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
