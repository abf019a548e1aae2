import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";

/** A provider that terraform finds by a variable instead of starting it. */
export class RunningProvider {
  /** Relative paths of a configuration are meant from the directory, as when terraform starts the provider there. */
  static async start(bundle: string, directory: string): Promise<RunningProvider> {
    const child = spawn(join(bundle, "terraform-provider-docker"), ["--reattach"], { cwd: directory, stdio: ["ignore", "pipe", "ignore"] });
    const line = await new Promise<string>((done) => child.stdout.setEncoding("utf8").once("data", done));
    return new RunningProvider(child, /^TF_REATTACH_PROVIDERS='(.*)'$/m.exec(line)?.[1] ?? "");
  }

  readonly environment: { readonly TF_REATTACH_PROVIDERS: string };

  private constructor(
    readonly child: ChildProcess,
    reattach: string,
  ) {
    this.environment = { TF_REATTACH_PROVIDERS: reattach };
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.child.once("exit", done));
    this.child.kill("SIGTERM");
    await ended;
  }
}
