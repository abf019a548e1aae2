import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { Docker } from "../e2e/docker";
import { Inside } from "../e2e/inside";
import { synth } from "../constructs/synth";
import { buildProbeImages } from "./probe-image";
import { TerraformProject } from "./terraform";
import { HOST } from "./test-engine";

/** What was declared by constructs, as it runs on the engine. */
export interface Declared {
  readonly docker: Docker;
  readonly project: TerraformProject;
  /** Declares something else in its place. */
  declare(build: (stack: TerraformStack) => void): void;
  /** Somebody in the container whose name holds a part. */
  inside(part: string): Promise<Inside>;
}

/** Deploys a stack by terraform and the built provider, hands it over, and takes it away even when that fails. */
export async function withDeclared(
  stack: string,
  build: (stack: TerraformStack) => void,
  use: (declared: Declared) => Promise<void>,
): Promise<void> {
  await buildProbeImages();
  const docker = new Docker(HOST);
  const project = await TerraformProject.running("");
  const declare = (declaration: (stack: TerraformStack) => void): void => {
    const { provider, resource } = synth(declaration, { stack });
    writeFileSync(join(project.directory, "stack.tf.json"), JSON.stringify({ provider, resource }));
  };
  try {
    declare(build);
    await project.mustApply();
    await use({ docker, project, declare, inside: async (part) => Inside.of(docker, await docker.container(stack, part)) });
  } finally {
    await project.close();
    await docker.purge(stack);
  }
}
