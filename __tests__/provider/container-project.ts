import type { ContainerInspect } from "../../provider/resources/container-api";
import { TerraformProject, type PlannedChange } from "./terraform";
import { testEngine } from "./test-engine";

/** The name of the container of these tests. */
export const NAME = "dtc-life";

export const engine = testEngine();

export const inspect = (name: string): Promise<ContainerInspect> => engine.get<ContainerInspect>(`/containers/${name}/json`);
/** `ADDRESS ACTIONS` of each change. */
export const actionsOf = (changes: readonly PlannedChange[]): string[] =>
  changes.map(({ address, actions }) => `${address} ${actions.join()}`);

/** A container in a network of its own. */
export const configuration = (extra = "", name = NAME): string => `
resource "docker_network" "n" {
  name = "${name}-net"
}
resource "docker_container" "c" {
  name  = "${name}"
  image = "probe:1"
  networks_advanced {
    name    = docker_network.n.name
    aliases = ["life"]
  }
  ${extra}
}
`;

/** Runs a test in a project of its own, with a provider that runs on between the commands, and destroys what it made. */
export const withProject = async (tf: string, run: (project: TerraformProject) => Promise<void>): Promise<void> =>
  use(await TerraformProject.running(tf), run);

/** The same with a provider that terraform starts for each command, in the test's own environment. */
export const withLaunches = async (tf: string, run: (project: TerraformProject) => Promise<void>): Promise<void> =>
  use(await TerraformProject.create(tf), run);

async function use(project: TerraformProject, run: (project: TerraformProject) => Promise<void>): Promise<void> {
  try {
    await run(project);
  } finally {
    await project.close();
  }
}

/** Applies what was planned last and fails the test when that fails. */
export async function mustApplyPlan(project: TerraformProject): Promise<void> {
  const run = await project.applyPlan();
  if (run.exitCode !== 0) throw new Error(run.output);
}
