import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { version } from "../../package.json";
import { RunningProvider } from "./running-provider";

const BUNDLE = resolve(__dirname, "../../dist/provider");
const SOURCE = "terraform.local/docker-tiers/docker";
const HEADER = `terraform {\n  required_providers {\n    docker = {\n      source = "${SOURCE}"\n    }\n  }\n}\n`;

/** What a command printed, and how it ended. */
export interface Run {
  readonly exitCode: number;
  /** Standard output and error, without colours. */
  readonly output: string;
}

/** One resource of a state or of planned values. */
export interface StateResource {
  readonly address: string;
  readonly schema_version: number;
  readonly values: Readonly<Record<string, unknown>>;
  readonly tainted?: boolean;
}

/** One change of a plan. */
export interface PlannedChange {
  readonly address: string;
  readonly actions: readonly string[];
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly after_unknown: Readonly<Record<string, unknown>>;
  readonly replace_paths?: readonly (readonly string[])[];
}

/** A plan: exit code 0 is "no changes", 2 is "changes", 1 is a fault. */
export interface Plan extends Run {
  readonly changes: readonly PlannedChange[];
  readonly drift: readonly PlannedChange[];
}

interface ShownPlan {
  readonly resource_changes?: readonly { address: string; change: Omit<PlannedChange, "address"> }[];
  readonly resource_drift?: readonly { address: string; change: Omit<PlannedChange, "address"> }[];
}

/** A directory with a Terraform configuration that uses the built provider, without any registry. */
export class TerraformProject {
  readonly directory: string;
  #provider: RunningProvider | undefined;

  readonly #command: readonly [string, ...string[]];

  private constructor(directory: string, command: readonly [string, ...string[]]) {
    this.directory = directory;
    this.#command = command;
  }

  /**
   * Makes a fresh directory and initialises it. `npm run build` must have made the provider.
   * @param command - what runs terraform, such as nsenter with its options. @default - terraform alone
   */
  static async create(configuration = "", command: readonly [string, ...string[]] = ["terraform"]): Promise<TerraformProject> {
    if (!existsSync(join(BUNDLE, "provider.cjs"))) throw new Error("dist/provider must be there; run npm run build");
    const project = new TerraformProject(mkdtempSync(join(tmpdir(), "docker-tiers-test-")), command);
    const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
    const mirror = join(project.directory, "terraform.d/plugins", SOURCE, version);
    mkdirSync(mirror, { recursive: true });
    symlinkSync(BUNDLE, join(mirror, platform));
    project.write(configuration);
    const init = await project.run("init", "-no-color");
    if (init.exitCode !== 0) throw new Error(init.output);
    return project;
  }

  /** The same with a provider that runs on between terraform's calls, which saves its launches: three for a plan, four for an apply. */
  static async running(configuration: string): Promise<TerraformProject> {
    const project = await TerraformProject.create(configuration);
    project.#provider = await RunningProvider.start(BUNDLE, project.directory);
    return project;
  }

  /** Replaces the configuration. */
  write(configuration: string): void {
    writeFileSync(join(this.directory, "main.tf"), HEADER + configuration);
  }

  /** Runs terraform with these arguments. */
  run(...args: string[]): Promise<Run> {
    const { TF_CLI_CONFIG_FILE, ...environment } = process.env;
    const config = TF_CLI_CONFIG_FILE && existsSync(TF_CLI_CONFIG_FILE) ? { TF_CLI_CONFIG_FILE } : {};
    const env = { ...environment, ...config, ...this.#provider?.environment, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
    const [file, ...words] = this.#command;
    return new Promise((done) => {
      execFile(file, [...words, ...args], { cwd: this.directory, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
        done({ exitCode: typeof error?.code === "number" ? error.code : error ? 1 : 0, output: stdout + stderr });
      });
    });
  }

  async plan(...args: string[]): Promise<Plan> {
    const run = await this.run("plan", "-no-color", "-input=false", "-detailed-exitcode", "-out=plan.bin", ...args);
    if (run.exitCode === 1) return { ...run, changes: [], drift: [] };
    const shown = await this.#json<ShownPlan>("show", "-json", "plan.bin");
    const flatten = (list: ShownPlan["resource_changes"] = []): PlannedChange[] =>
      list.map(({ address, change }) => ({ address, ...change }));
    return {
      ...run,
      changes: flatten(shown.resource_changes).filter(({ actions }) => actions[0] !== "no-op"),
      drift: flatten(shown.resource_drift),
    };
  }

  /** Plans without reading the changes: exit code 0 is "no changes". */
  check(): Promise<Run> {
    return this.run("plan", "-no-color", "-input=false", "-detailed-exitcode");
  }

  /** Applies what was planned last. */
  applyPlan(): Promise<Run> {
    return this.run("apply", "-no-color", "-input=false", "plan.bin");
  }

  apply(...args: string[]): Promise<Run> {
    return this.run("apply", "-no-color", "-input=false", "-auto-approve", ...args);
  }

  /** Applies and fails the test with terraform's output when that fails. */
  async mustApply(...args: string[]): Promise<Run> {
    const run = await this.apply(...args);
    if (run.exitCode !== 0) throw new Error(run.output);
    return run;
  }

  import(address: string, id: string): Promise<Run> {
    return this.run("import", "-no-color", "-input=false", address, id);
  }

  /** Forgets a resource without touching it. */
  forget(address: string): Promise<Run> {
    return this.run("state", "rm", address);
  }

  /** Lets the state speak of another id. */
  rename(id: string, other: string): void {
    const path = join(this.directory, "terraform.tfstate");
    writeFileSync(path, readFileSync(path, "utf8").replaceAll(id, other));
  }

  async state(): Promise<readonly StateResource[]> {
    const shown = await this.#json<{ values?: { root_module: { resources?: readonly StateResource[] } } }>("show", "-json");
    return shown.values?.root_module.resources ?? [];
  }

  /** The values of one resource in the state. */
  async values(address: string): Promise<Readonly<Record<string, unknown>>> {
    const found = (await this.state()).find((resource) => resource.address === address);
    if (!found) throw new Error(`the state must hold ${address}, got none`);
    return found.values;
  }

  destroy(...args: string[]): Promise<Run> {
    return this.run("destroy", "-no-color", "-input=false", "-auto-approve", ...args);
  }

  /** Destroys what is left and removes the directory. */
  async close(): Promise<void> {
    if (this.#holdsResources()) await this.destroy();
    await this.#provider?.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  #holdsResources(): boolean {
    const path = join(this.directory, "terraform.tfstate");
    return existsSync(path) && (JSON.parse(readFileSync(path, "utf8")) as { resources: readonly unknown[] }).resources.length > 0;
  }

  async #json<T>(...args: string[]): Promise<T> {
    const run = await this.run(...args);
    if (run.exitCode !== 0) throw new Error(run.output);
    return JSON.parse(run.output) as T;
  }
}
