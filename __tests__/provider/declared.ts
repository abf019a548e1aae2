import type { TerraformStack } from "cdktf";
import { Docker } from "../e2e/docker";
import { Inside } from "../e2e/inside";
import { DeclaredProject } from "./declared-project";
import { buildProbeImages } from "./probe-image";
import type { TerraformProject } from "./terraform";
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
  const declared = await DeclaredProject.on(HOST, { stack });
  const { project } = declared;
  const declare = declared.declare.bind(declared);
  try {
    await declared.deploy(build);
    await use({ docker, project, declare, inside: async (part) => Inside.of(docker, await docker.container(stack, part)) });
  } finally {
    await declared.close();
    await docker.purge(stack);
  }
}
