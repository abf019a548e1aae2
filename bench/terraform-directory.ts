import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { version } from "../package.json";
import { timeOf } from "./timing";

const SOURCE = "terraform.local/docker-tiers/docker";
const BUNDLE = resolve("dist/provider");

/** A copy of a fixture with the built provider, in which terraform runs. */
export class TerraformDirectory {
  readonly path = mkdtempSync(join(tmpdir(), "docker-tiers-bench-"));

  constructor(
    fixture: string,
    private readonly variables: Readonly<Record<string, string>>,
  ) {
    cpSync(fixture, this.path, { recursive: true });
    const mirror = join(this.path, "terraform.d/plugins", SOURCE, version);
    mkdirSync(mirror, { recursive: true });
    symlinkSync(BUNDLE, join(mirror, `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`));
  }

  /** Milliseconds of a terraform command. A plan must find nothing to change. */
  terraform(command: "init" | "plan" | "apply" | "destroy", environment: Readonly<Record<string, string>> = {}): Promise<number> {
    const options = { init: [], plan: ["-detailed-exitcode"], apply: ["-auto-approve"], destroy: ["-auto-approve"] }[command];
    const args = [command, "-no-color", "-input=false", ...options];
    return timeOf({ file: "terraform", args, cwd: this.path, environment: { ...this.variables, ...environment } });
  }

  /** A provider that runs on between terraform's calls. */
  startProvider(): Promise<ReattachedProvider> {
    return ReattachedProvider.start(this.path);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export class ReattachedProvider {
  static async start(cwd: string): Promise<ReattachedProvider> {
    const child = spawn(join(BUNDLE, "terraform-provider-docker"), ["--reattach"], { cwd, stdio: ["ignore", "pipe", "ignore"] });
    const line = await new Promise<string>((done) => child.stdout.setEncoding("utf8").once("data", done));
    return new ReattachedProvider(child, /^TF_REATTACH_PROVIDERS='(.*)'$/m.exec(line)?.[1] ?? "");
  }

  private constructor(
    private readonly child: ChildProcess,
    private readonly reattach: string,
  ) {}

  get environment(): Readonly<Record<string, string>> {
    return { TF_REATTACH_PROVIDERS: this.reattach };
  }

  /** The most memory that it has had so far, in MB of 1,000,000 bytes. */
  peakMegabytes(): number {
    const status = readFileSync(`/proc/${this.child.pid ?? 0}/status`, "utf8");
    return (Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024) / 1e6;
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.child.once("exit", done));
    this.child.kill("SIGTERM");
    await ended;
  }
}
