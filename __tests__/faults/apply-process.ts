import { spawn, type ChildProcess } from "node:child_process";

/** An apply that a test may stop in its middle. Terraform and the provider that it starts are one process group. */
export class ApplyProcess {
  output = "";
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;

  constructor(directory: string, ...args: string[]) {
    this.#child = spawn("terraform", ["apply", "-auto-approve", "-input=false", "-no-color", ...args], {
      cwd: directory,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => (this.output += text));
    this.ended = new Promise((done) => this.#child.once("close", done));
  }

  /** Addresses whose creation has begun and not ended, as far as terraform has told. */
  get creating(): string[] {
    const told = (pattern: RegExp): string[] => [...this.output.matchAll(pattern)].map(([, address = ""]) => address);
    const complete = told(/^(\S+): Creation complete/gm);
    return told(/^(\S+): Creating\.\.\./gm).filter((address) => !complete.includes(address));
  }

  get created(): number {
    return [...this.output.matchAll(/: Creation complete/g)].length;
  }

  /** Sends a signal to terraform and its provider at once, as a terminal does. */
  signal(signal: NodeJS.Signals): void {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, signal);
  }

  /** Resolved once the first creation has begun, or the apply has ended. */
  begun(): Promise<void> {
    return this.#until(() => this.output.includes(": Creating..."));
  }

  /** Resolved once as many resources are created, or the apply has ended. */
  reached(created: number): Promise<void> {
    return this.#until(() => this.created >= created);
  }

  async #until(holds: () => boolean): Promise<void> {
    const ended = this.ended.then(() => true);
    const tick = (): Promise<boolean> => new Promise((done) => setTimeout(done, 20, false));
    while (!holds() && !(await Promise.race([ended, tick()])));
  }
}
