import { execFile, spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, readlinkSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { read } from "../../doctor/read";
import type { Reading } from "../../doctor/reading";
import type { Shell } from "../../doctor/shell";
import type { StackNeeds } from "../../doctor/stack-needs";
import { Engine } from "../../engine";
import { output } from "../e2e/command";
import { poll } from "../e2e/poll";

/** Suites whose packages have these engines; as script/engine has them. */
const SUITES = { "20.10": "bookworm", "28.5": "forky" } as const;

/** Another engine than the host's. */
export type EngineVersion = keyof typeof SUITES;

/** What starts an engine: the host's own, or one from packages, which are fetched once. */
async function program(version: EngineVersion | undefined): Promise<string> {
  if (version === undefined) return "dockerd";
  const unpack = ["-r", "ts-node/register/transpile-only", "script/engine-packages.ts", SUITES[version]];
  return `${resolve("script/dockerd")} ${await output(process.execPath, unpack)}`;
}

const run = promisify(execFile);

/** A process that does nothing but keep a network namespace, and others that are named as unshare does. */
export async function openNamespace(...further: readonly string[]): Promise<ChildProcess> {
  const holder = spawn("unshare", [...further, "--net", "sleep", "infinity"], { stdio: "ignore" });
  const own = readlinkSync("/proc/self/ns/net");
  await poll("the namespace is there", 20, () => {
    return Promise.resolve(readlinkSync(`/proc/${String(holder.pid)}/ns/net`) === own ? undefined : true);
  });
  await within(holder, "ip", "link", "set", "lo", "up");
  return holder;
}

const entry = (holder: ChildProcess): string[] => ["-t", String(holder.pid), "--net", "--mount"];

/** Runs a program in the network of a namespace. @returns what it printed */
export async function within(holder: ChildProcess, ...command: readonly string[]): Promise<string> {
  const { stdout } = await run("nsenter", [...entry(holder), ...command], { timeout: 60_000 });
  return stdout;
}

/** The end of a namespace whose processes have ended. */
export async function closeNamespace(holder: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => holder.on("close", resolve));
  holder.kill("SIGKILL");
  await ended;
}

/** An engine in a network of its own, that is told everything by a daemon.json as a host's is. It takes root. */
export class PrivateDaemon {
  readonly directory = realpathSync(mkdtempSync(join(tmpdir(), "doctor-engine-")));
  readonly configFile = this.at("daemon.json");
  readonly socket = this.at("docker.sock");
  readonly host = `unix://${this.socket}`;

  private constructor(readonly namespace: ChildProcess) {
    // Users that root of a container is mapped to pass through it.
    chmodSync(this.directory, 0o711);
  }

  /** @param version of the engine, in place of the host's */
  static async start(settings: object, hosts: readonly string[] = [], version?: EngineVersion): Promise<PrivateDaemon> {
    const dockerd = await program(version);
    const daemon = new PrivateDaemon(await openNamespace());
    return daemon.begin(dockerd, settings, hosts);
  }

  /** One whose host has a /etc, disks and mounts that nobody else sees. @param furnish a script that makes them; `$1` is a directory for them */
  static async onOwnHost(furnish: string): Promise<PrivateDaemon> {
    const daemon = new PrivateDaemon(await openNamespace("--mount", "--propagation", "private"));
    await within(daemon.namespace, "sh", "-ec", furnish, "sh", daemon.directory).catch(async (cause: unknown) => {
      await daemon.remove();
      throw cause;
    });
    return daemon.begin("dockerd", {}, []);
  }

  private async begin(dockerd: string, settings: object, hosts: readonly string[]): Promise<this> {
    const places = { "data-root": this.at("data"), "exec-root": this.at("run"), pidfile: this.at("pid") };
    writeFileSync(this.configFile, JSON.stringify({ ...places, hosts: [this.host, ...hosts], ...settings }));
    const apart = "--containerd-namespace doctor --containerd-plugins-namespace doctor-plugins";
    try {
      await this.sh(`setsid nohup ${dockerd} --config-file ${this.configFile} ${apart} >>${this.at("log")} 2>&1 </dev/null &`);
      await this.answers();
      return this;
    } catch (cause) {
      const log = readFileSync(this.at("log"), "utf8").slice(-2000);
      await this.remove();
      throw new Error(`an engine must start, got: ${log}`, { cause });
    }
  }

  /** Runs a line of a shell in its network, as a person would who was told to. */
  sh(line: string): Promise<string> {
    return within(this.namespace, "sh", "-c", line.replaceAll("/var/log/dockerd.log", this.at("log")));
  }

  docker(...words: readonly string[]): Promise<string> {
    return this.sh(`docker -H ${this.host} ${words.join(" ")}`);
  }

  async answers(): Promise<void> {
    await poll("the engine answers", 60, async () => {
      const engine = new Engine({ host: this.host });
      const found = await engine.version().catch(() => undefined);
      await engine.close();
      return found;
    });
  }

  /** What the doctor reads of it. */
  reading(stack?: StackNeeds): Promise<Reading> {
    const shell: Shell = async (script, words) => {
      const child = execFile("nsenter", [...entry(this.namespace), "sh", "-s", "--", ...words]);
      const ended = new Promise((resolve) => child.on("close", resolve));
      let printed = "";
      child.stdout?.on("data", (chunk: string) => (printed += chunk));
      child.stdin?.end(script);
      await ended;
      return printed;
    };
    const ports = {
      openEngine: () => new Engine({ host: this.host }),
      openShell: () => shell,
      terraformVersion: () => Promise.resolve("1.11.4"),
    };
    return read({ ...ports, now: () => Date.now() }, { host: this.host }, stack);
  }

  async remove(): Promise<void> {
    await this.sh(`pid=$(cat ${this.at("pid")}) && kill $pid && while kill -0 $pid 2>/dev/null; do sleep 0.2; done`).catch(() => undefined);
    await closeNamespace(this.namespace);
    rmSync(this.directory, { recursive: true, force: true });
  }

  private at(name: string): string {
    return join(this.directory, name);
  }
}
