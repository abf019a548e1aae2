import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { demultiplex, Engine } from "../../engine";
import { buildImage } from "../../images/builder";
import { cacheDirectory } from "../../images/cache-directory";
import { hostMirror } from "../../images/mirror";
import { imageName, type PackageRecipe } from "../../images/recipe";

/** What a container of a test differs in from the hardened default. */
export interface RunOptions {
  readonly cmd?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Options of a tmpfs by path. */
  readonly tmpfs?: Readonly<Record<string, string>>;
  /** `name:path[:ro]`, named volumes or directories. */
  readonly binds?: readonly string[];
  readonly network?: string;
  readonly alias?: string;
  readonly user?: string;
}

export interface ExecResult {
  readonly exitCode: number;
  readonly output: string;
}

interface Inspect {
  readonly Mounts: readonly { readonly Type: string; readonly Destination: string }[];
  readonly State: {
    readonly Status: string;
    readonly ExitCode: number;
    readonly Pid: number;
    readonly Health?: { readonly Status: string };
  };
}

/** Containers, volumes and networks of one test file, removed at its end by their names. */
export class Bench {
  readonly engine = new Engine();
  private readonly prefix = `docker-tiers-images-${randomBytes(4).toString("hex")}`;
  private readonly made: string[] = [];

  async image(recipe: PackageRecipe): Promise<string> {
    await buildImage(recipe, { engine: this.engine, cache: cacheDirectory(), mirror: () => hostMirror() });
    return imageName(recipe);
  }

  name(kind: string): string {
    return `${this.prefix}-${kind}-${this.made.length}`;
  }

  async volume(): Promise<string> {
    const name = this.name("volume");
    await this.engine.post("/volumes/create", { body: { Name: name } });
    this.made.push(`/volumes/${name}`);
    return name;
  }

  async network(): Promise<string> {
    const name = this.name("network");
    await this.engine.post("/networks/create", { body: { Name: name, CheckDuplicate: true } });
    this.made.push(`/networks/${name}`);
    return name;
  }

  /** Runs as the constructs do: read-only root, no capability, no new privileges, limits, the image's own user. */
  async run(image: string, options: RunOptions = {}): Promise<HardenedContainer> {
    const name = this.name("container");
    const { network = "none", alias } = options;
    const body = {
      Image: image,
      ...(options.cmd === undefined ? {} : { Cmd: options.cmd }),
      ...(options.user === undefined ? {} : { User: options.user }),
      // The image's own probe, more often: tests wait for it.
      Healthcheck: { Interval: 1_000_000_000 },
      Env: Object.entries(options.env ?? {}).map(([key, value]) => `${key}=${value}`),
      HostConfig: {
        ReadonlyRootfs: true,
        CapDrop: ["ALL"],
        SecurityOpt: ["no-new-privileges"],
        Memory: 768 * 1024 * 1024,
        MemorySwap: 768 * 1024 * 1024,
        PidsLimit: 200,
        NetworkMode: network,
        Tmpfs: options.tmpfs ?? {},
        Binds: options.binds ?? [],
      },
      ...(alias === undefined ? {} : { NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: [alias] } } } }),
    };
    await this.engine.post("/containers/create", { query: { name }, body });
    this.made.push(`/containers/${name}`);
    await this.engine.post(`/containers/${name}/start`);
    return new HardenedContainer(this.engine, name);
  }

  async close(): Promise<void> {
    for (const path of this.made.reverse()) {
      await this.engine.delete(path, { query: { force: true, ...(path.startsWith("/containers") ? { v: true } : {}) } });
    }
    await this.engine.close();
  }
}

/** A running container of a test. */
export class HardenedContainer {
  constructor(
    private readonly engine: Engine,
    readonly name: string,
  ) {}

  inspect(): Promise<Inspect> {
    return this.engine.get<Inspect>(`/containers/${this.name}/json`);
  }

  async exec(...command: string[]): Promise<ExecResult> {
    const { Id } = await this.engine.post<{ Id: string }>(`/containers/${this.name}/exec`, {
      body: { Cmd: command, AttachStdout: true, AttachStderr: true },
    });
    const stream = await this.engine.stream("POST", `/exec/${Id}/start`, { body: { Detach: false, Tty: false } });
    const output = await textOf(stream);
    const { ExitCode } = await this.engine.get<{ ExitCode: number }>(`/exec/${Id}/json`);
    return { exitCode: ExitCode, output: output.trim() };
  }

  sh(script: string): Promise<ExecResult> {
    return this.exec("sh", "-c", script);
  }

  /** @param only - one of the two streams. @default - both, as they were written */
  async logs(only?: "stdout" | "stderr"): Promise<string> {
    const query = { stdout: only !== "stderr", stderr: only !== "stdout" };
    return textOf(await this.engine.stream("GET", `/containers/${this.name}/logs`, { query }));
  }

  /** Waits for health, or for the end of the container: the state it came to. */
  settle(timeoutMs = 60_000): Promise<string> {
    return until(
      () => this.state(),
      (state) => state !== "starting",
      timeoutMs,
    );
  }

  private async state(): Promise<string> {
    const { Status, Health } = (await this.inspect()).State;
    return Status === "running" ? (Health?.Status ?? "starting") : Status;
  }

  /** Waits for the end. @returns the exit code */
  async wait(): Promise<number> {
    const { StatusCode } = await this.engine.post<{ StatusCode: number }>(`/containers/${this.name}/wait`);
    return StatusCode;
  }

  /** @returns the exit code: 137 when it had to be killed after the time */
  async stop(seconds = 30): Promise<{ exitCode: number }> {
    await this.engine.post(`/containers/${this.name}/stop`, { query: { t: seconds } });
    return { exitCode: (await this.inspect()).State.ExitCode };
  }

  kill(): Promise<void> {
    return this.signal("KILL");
  }

  /** Sends the main process a signal. */
  async signal(name: string): Promise<void> {
    await this.engine.post(`/containers/${this.name}/kill`, { query: { signal: name } });
  }

  async start(): Promise<void> {
    await this.engine.post(`/containers/${this.name}/start`);
  }

  /** Paths of the image that the container changed. */
  async changes(): Promise<string[]> {
    const changes = await this.engine.get<{ Path: string }[] | null>(`/containers/${this.name}/changes`);
    return (changes ?? []).map(({ Path }) => Path);
  }
}

/** Calls until the answer is as expected, or gives up and hands back the last one. */
export async function until<T>(call: () => Promise<T>, expected: (value: T) => boolean, timeoutMs = 20_000): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await call();
    if (expected(value) || Date.now() > end) return value;
    await sleep(200);
  }
}

async function textOf(stream: Parameters<typeof demultiplex>[0]): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const { data } of demultiplex(stream)) chunks.push(data);
  return Buffer.concat(chunks).toString();
}
