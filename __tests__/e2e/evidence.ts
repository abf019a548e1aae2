import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { output } from "./command";
import type { ContainerFacts, Docker } from "./docker";
import { encodings } from "./encodings";
import { REPOSITORY, type Project } from "./project";
import type { ProcessWatch } from "./process-watch";

/** A place that a secret must not be found in, and what it holds. */
export interface Evidence {
  readonly place: string;
  readonly text: string;
}

export interface Scene {
  readonly docker: Docker;
  readonly project: Project;
  readonly stack: string;
  readonly watch: ProcessWatch;
  /** What the deploys printed. */
  readonly printed: string;
}

/** Everything that a deploy leaves where people and programs look. */
export async function collect(scene: Scene): Promise<Evidence[]> {
  const { project, stack, watch, printed } = scene;
  watch.sample();
  const plan = await project.plan(stack);
  return [
    ...(await repository()),
    ...files(project.directory),
    { place: "cdk.tf.json", text: project.read(`cdktf.out/stacks/${stack}/cdk.tf.json`) },
    { place: "plan", text: JSON.stringify(plan) },
    { place: "state", text: await project.terraform(stack, "state", "pull") },
    { place: "output of the deploy", text: printed },
    { place: "process list", text: [...watch.commands].join("\n") },
    { place: "environment of processes", text: [...watch.environments].join("\n") },
    ...(await engine(scene)),
  ];
}

/** `value at place (encoding)` for each find. */
export function findings(values: Readonly<Record<string, string>>, evidence: readonly Evidence[]): string[] {
  const found = Object.entries(values).flatMap(([name, value]) =>
    Object.entries(encodings(value)).flatMap(([encoding, text]) =>
      evidence.filter((each) => each.text.includes(text)).map(({ place }) => `${name} in ${place} (${encoding})`),
    ),
  );
  return [...new Set(found)];
}

async function engine({ docker, stack }: Scene): Promise<Evidence[]> {
  const containers = await docker.containers(stack);
  const images = [...new Set(containers.map(({ Image }) => Image))];
  const inspected = [containers, await docker.inspect("image", images)];
  inspected.push(await docker.inspect("network", await docker.networks(stack)));
  inspected.push(await docker.inspect("volume", await docker.volumes(stack)));
  return [
    { place: "docker inspect", text: JSON.stringify(inspected) },
    { place: "labels", text: JSON.stringify(containers.map(({ Config }) => Config.Labels)) },
    { place: "environment", text: JSON.stringify(containers.map(({ Config }) => Config.Env)) },
    ...(await Promise.all(containers.map((container) => logs(docker, container)))),
    ...(await Promise.all(images.map((image) => history(docker, image)))),
  ];
}

async function logs(docker: Docker, { Id, Name }: ContainerFacts): Promise<Evidence> {
  const text = await output("sh", ["-c", 'exec docker -H "$1" logs "$2" 2>&1', "logs", docker.host, Id]);
  return { place: `logs of ${Name.slice(1)}`, text };
}

async function history(docker: Docker, image: string): Promise<Evidence> {
  return { place: `history of ${image}`, text: await docker.run(["history", "--no-trunc", image]) };
}

async function repository(): Promise<Evidence[]> {
  const listed = await output("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: REPOSITORY });
  const paths = listed.split("\0").filter((path) => path !== "");
  return paths.map((path) => ({ place: `repository: ${path}`, text: readText(join(REPOSITORY, path)) }));
}

/** The project's own files, what cdktf and terraform wrote into it too; links lead to the provider and are not followed. */
function files(directory: string): Evidence[] {
  const entries = readdirSync(directory, { withFileTypes: true, recursive: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return paths.map((path) => ({ place: `project: ${path.slice(directory.length + 1)}`, text: readText(path) }));
}

function readText(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
