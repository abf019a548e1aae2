import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { output, run, type CommandOptions, type Outcome } from "./command";
import { changes, type PlanFile } from "./plan";

export const REPOSITORY = resolve(__dirname, "../..");
export const TEMPORARY = join(REPOSITORY, "temp");

/** Nothing of the machine's own settings reaches a project of the tests. */
const CLEAN = { CI: "true", NODE_ENV: undefined, JEST_WORKER_ID: undefined, FORCE_COLOR: undefined, NO_COLOR: "1" };

const CDKTF_JSON = {
  language: "typescript",
  app: "node -r ts-node/register/transpile-only main.ts",
  codeMakerOutput: ".gen",
  sendCrashReports: "false",
};

/** A directory with a program of its own, deployed as a user does it: by `npx cdktf`. */
export class Project {
  private readonly env: Record<string, string | undefined> = { ...CLEAN };

  private constructor(readonly directory: string) {}

  /** A new one, below the repository by default: packages and compiler settings are found as they are by its own program. */
  static create(program: string, parent = TEMPORARY): Project {
    mkdirSync(parent, { recursive: true });
    const project = new Project(mkdtempSync(join(parent, "e2e-")));
    project.write("cdktf.json", JSON.stringify(CDKTF_JSON));
    project.write("main.ts", program);
    return project;
  }

  /** One that was created before. */
  static open(directory: string): Project {
    return new Project(directory);
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.directory, name), text);
  }

  read(name: string): string {
    return readFileSync(join(this.directory, name), "utf8");
  }

  /** The whole `.env.ENVIRONMENT` file. */
  settings(environment: string, values: Readonly<Record<string, string | number>>): void {
    this.write(
      `.env.${environment}`,
      Object.entries(values)
        .map(([key, value]) => `${key}=${value}\n`)
        .join(""),
    );
  }

  /** A process variable of all following commands. */
  variable(name: string, value: string | undefined): void {
    this.env[name] = value;
  }

  stackDirectory(stack: string): string {
    return join(this.directory, "cdktf.out/stacks", stack);
  }

  cdktf(...args: readonly string[]): Promise<Outcome> {
    return this.run("npx", ["cdktf", ...args], { timeoutSeconds: 300 });
  }

  /** Deploys, and returns what was printed. */
  async deploy(stack: string): Promise<string> {
    return expectSuccess(await this.cdktf("deploy", stack, "--auto-approve"), `deploy of ${stack}`);
  }

  async destroy(stack: string): Promise<string> {
    return expectSuccess(await this.cdktf("destroy", stack, "--auto-approve"), `destroy of ${stack}`);
  }

  /** Writes what the program says now, without cdktf's own start-up. */
  async synth(): Promise<void> {
    await output("node", ["-r", "ts-node/register/transpile-only", "main.ts"], this.options());
  }

  /** Builds those of a stack's images that the host does not have yet. */
  async buildImages(stack: string): Promise<void> {
    await output("npx", ["tiers", "images", "build", stack], this.options({ timeoutSeconds: 900 }));
  }

  /** What terraform would do for the program as it is now; the stack has been deployed before. */
  async plan(stack: string): Promise<PlanFile> {
    await this.synth();
    await this.terraform(stack, "plan", "-input=false", "-out=e2e.tfplan");
    return JSON.parse(await this.terraform(stack, "show", "-json", "e2e.tfplan")) as PlanFile;
  }

  /** Address to action of what a plan would change. */
  async planned(stack: string): Promise<Record<string, string>> {
    return changes(await this.plan(stack));
  }

  terraform(stack: string, ...args: readonly string[]): Promise<string> {
    return output("terraform", args, this.options({ cwd: this.stackDirectory(stack), env: { TF_CLI_ARGS: "-no-color" } }));
  }

  run(file: string, args: readonly string[], options: CommandOptions = {}): Promise<Outcome> {
    return run(file, args, this.options(options));
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private options(options: CommandOptions = {}): CommandOptions {
    return { cwd: this.directory, ...options, env: { ...this.env, ...options.env } };
  }
}

function expectSuccess({ code, stdout, stderr }: Outcome, subject: string): string {
  if (code !== 0) throw new Error(`${subject} must succeed, exited with ${code}:\n${`${stdout}\n${stderr}`.slice(-6000)}`);
  return `${stdout}\n${stderr}`;
}

/** What terraform says, without colours, frames and the line breaks that follow from the width. */
export function plainText(printed: string): string {
  return stripVTControlCharacters(printed).replace(/[│╷╵]/g, " ").replace(/\s+/g, " ");
}
