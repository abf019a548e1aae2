import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Engine } from "../../engine";
import { until } from "./until";

let count = 0;

/**
 * A Docker engine of the tests' own in a network namespace of its own, of the version that the tests run on, so that a swarm can be made, broken and left without the host's engine
 * noticing. It takes root.
 */
export class SwarmNode {
  readonly namespace = `dt-swarm-${process.pid}-${++count}`;
  readonly directory = realpathSync(mkdtempSync(join(tmpdir(), `${this.namespace}-`)));
  readonly host = `unix://${join(this.directory, "docker.sock")}`;
  readonly engine = new Engine({ host: this.host });
  #daemon: ChildProcess | undefined;

  /** A node that is a swarm by itself, its dockerd with more options. */
  static async single(...options: string[]): Promise<SwarmNode> {
    const node = new SwarmNode(options);
    try {
      await node.start();
      await node.engine.post("/swarm/init", { body: { ListenAddr: "127.0.0.1:2377", AdvertiseAddr: "127.0.0.1" } });
      return node;
    } catch (error) {
      await node.remove();
      throw error;
    }
  }

  constructor(private readonly options: readonly string[] = []) {
    ip("netns", "add", this.namespace);
    ip("-n", this.namespace, "link", "set", "lo", "up");
  }

  async start(): Promise<void> {
    const at = (name: string): string => join(this.directory, name);
    const places = ["--data-root", at("data"), "--exec-root", at("run"), "--pidfile", at("pid"), "-H", this.host];
    const apart = ["--containerd-namespace", this.namespace, "--containerd-plugins-namespace", `${this.namespace}-plugins`];
    const log = openSync(at("log"), "a");
    const daemon = spawn("nsenter", [`--net=/var/run/netns/${this.namespace}`, ...dockerd(), ...places, ...apart, ...this.options], {
      stdio: ["ignore", log, log],
    });
    this.#daemon = daemon;
    await until(`the engine of ${this.namespace} answers`, 120, async () => {
      if (daemon.exitCode !== null) throw new Error(readFileSync(at("log"), "utf8").slice(-2000));
      return this.engine.version().then(
        () => true,
        () => undefined,
      );
    });
  }

  /** Ends the engine and what runs on it, as a power cut would where the signal is SIGKILL. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const daemon = this.#daemon;
    this.#daemon = undefined;
    if (!daemon || daemon.exitCode !== null || daemon.signalCode !== null) return;
    const ended = new Promise((done) => daemon.once("exit", done));
    daemon.kill(signal);
    await ended;
  }

  async remove(): Promise<void> {
    await this.engine.post("/swarm/leave", { query: { force: true } }).catch(() => undefined);
    await this.engine.close();
    await this.stop();
    ip("netns", "del", this.namespace);
    // An engine leaves the namespace of its routing mesh mounted.
    for (const place of mountsBelow(this.directory)) execFileSync("umount", ["--lazy", place]);
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** That of the engine which `script/engine` runs, else the host's. */
function dockerd(): string[] {
  const { DOCKER_ENGINE_TREE: tree, DOCKER_ENGINE_OPTIONS: options = "" } = process.env;
  if (tree === undefined) return ["dockerd"];
  return [resolve(__dirname, "../../script/dockerd"), tree, ...options.split(" ").filter((option) => option !== "")];
}

function mountsBelow(directory: string): string[] {
  const places = readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[1] ?? "");
  return places.filter((place) => place.startsWith(`${directory}/`)).reverse();
}

/** Runs `ip` of iproute2. */
export function ip(...args: string[]): void {
  execFileSync("ip", args, { stdio: ["ignore", "ignore", "pipe"] });
}
