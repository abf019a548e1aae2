import { hasEnded } from "../../provider/resources/service-tasks";
import type { Service, Task } from "../../provider/resources/swarm-api";
import type { SwarmNode } from "./swarm-node";
import { TerraformProject } from "./terraform";

/** A configuration for the swarm of a node. */
export const onNode = (node: SwarmNode, configuration: string): string =>
  `provider "docker" {\n  host = "${node.host}"\n}\n${configuration}`;

/** Runs a test in a project of its own against a node, and destroys what it made. */
export async function withSwarm(node: SwarmNode, tf: string, run: (project: TerraformProject) => Promise<void>): Promise<void> {
  const project = await TerraformProject.running(onNode(node, tf));
  try {
    await run(project);
  } finally {
    await project.close();
  }
}

/** Runs something with the node as the provider's default host. */
export async function onHost(node: SwarmNode, run: () => Promise<void>): Promise<void> {
  const before = process.env["DOCKER_HOST"];
  process.env["DOCKER_HOST"] = node.host;
  try {
    await run();
  } finally {
    if (before === undefined) delete process.env["DOCKER_HOST"];
    else process.env["DOCKER_HOST"] = before;
  }
}

/** A service, by name. */
export const serviceOf = (node: SwarmNode, name: string): Promise<Service> => node.engine.get<Service>(`/services/${name}`);

/** Its tasks, those of before included. */
export const tasksOf = (node: SwarmNode, name: string): Promise<Task[]> =>
  node.engine.get<Task[]>("/tasks", { query: { filters: { service: [name] } } });

/** Its tasks that run. */
export const runningOf = async (node: SwarmNode, name: string): Promise<Task[]> =>
  (await tasksOf(node, name)).filter(({ Status, DesiredState }) => Status.State === "running" && DesiredState === "running");

/** Tasks of all services that have not ended. Ended ones are forgotten by the swarm some time later. */
export async function livingTasks(node: SwarmNode): Promise<Task[]> {
  return (await node.engine.get<Task[]>("/tasks")).filter((task) => !hasEnded(task));
}

/** Terraform's output without frames and line breaks. */
export const words = (output: string): string => output.replace(/[│╷╵]/g, " ").replace(/\s+/g, " ");

/** What differs between services of these tests. */
export interface ServiceOptions {
  readonly name?: string;
  readonly image?: string;
  /** Of `/bin/sh -c`. */
  readonly script?: string;
  readonly replicas?: number;
  /** More of `container_spec`, `task_spec`, and of the service. */
  readonly container?: string;
  readonly task?: string;
  readonly service?: string;
  readonly timeout?: string;
}

/** A service that is waited for. Its tasks end at once when they are asked to. */
export function serviceTf(options: ServiceOptions = {}): string {
  const { name = "dt-web", image = "probe:1", script = "trap exit TERM; sleep 600 & wait", replicas = 1, timeout = "60s" } = options;
  return `
resource "docker_service" "web" {
  name = "${name}"
  task_spec {
    container_spec {
      image   = "${image}"
      command = ["sh", "-c", ${JSON.stringify(script)}]
      ${options.container ?? ""}
    }
    ${options.task ?? ""}
  }
  mode {
    replicated {
      replicas = ${replicas}
    }
  }
  converge_config {
    delay   = "1s"
    timeout = "${timeout}"
  }
  ${options.service ?? ""}
}
`;
}
