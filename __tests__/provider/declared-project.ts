import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { synth } from "../constructs/synth";
import { TerraformProject } from "./terraform";

interface DeclaredOptions {
  /** @default "dev" */
  readonly stack?: string;
  /** @default - none */
  readonly sshOptions?: readonly string[];
}

/** Constructs, deployed by terraform on an engine of the tests' own. */
export class DeclaredProject {
  private constructor(
    readonly project: TerraformProject,
    private readonly host: string,
    private readonly options: DeclaredOptions,
  ) {}

  static async on(host: string, options: DeclaredOptions = {}): Promise<DeclaredProject> {
    return new DeclaredProject(await TerraformProject.running(""), host, options);
  }

  /** What Terraform gets, but for the block that the project has itself. */
  declare(build: (stack: TerraformStack) => void): void {
    const { stack = "dev", sshOptions = [] } = this.options;
    const { data, resource } = synth(build, { stack });
    const path = join(this.project.directory, "stack.tf.json");
    rmSync(path, { force: true });
    writeFileSync(path, JSON.stringify({ provider: { docker: [{ host: this.host, ssh_opts: sshOptions }] }, data, resource }));
  }

  async deploy(build: (stack: TerraformStack) => void): Promise<void> {
    this.declare(build);
    await this.project.mustApply();
  }

  close(): Promise<void> {
    return this.project.close();
  }
}
