import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../../engine";

/** A network, a volume and containers on them, each labelled as constructs label what they make. */
export const shop = (stack: string, containers: number, provider = ""): string => `
${provider}
resource "docker_network" "n" {
  name = "${stack}"
  ${labels(stack, "Network")}
}
resource "docker_volume" "v" {
  name = "${stack}"
  ${labels(stack, "Volume")}
}
resource "docker_container" "c" {
  count        = ${containers}
  name         = "${stack}-\${count.index}"
  image        = "probe:1"
  stop_signal  = "SIGKILL"
  networks_advanced {
    name = docker_network.n.name
  }
  mounts {
    type   = "volume"
    source = docker_volume.v.name
    target = "/data"
  }
  ${labels(stack, "Container${count.index}")}
}
`;

function labels(stack: string, path: string): string {
  const values = { stack, path: `${stack}/${path}`, config: "1" };
  return Object.entries(values)
    .map(([name, value]) => `labels {\n label = "docker-tiers.${name}"\n value = "${value}"\n }`)
    .join("\n");
}

export interface ObjectCounts {
  readonly containers: number;
  readonly networks: number;
  readonly volumes: number;
}

/** How many objects carry the stack's label. */
export async function countObjects(engine: Engine, stack: string): Promise<ObjectCounts> {
  const query = { all: true, filters: { label: [`docker-tiers.stack=${stack}`] } };
  const [containers, networks, { Volumes }] = await Promise.all([
    engine.get<object[]>("/containers/json", { query }),
    engine.get<object[]>("/networks", { query }),
    engine.get<{ Volumes: object[] | null }>("/volumes", { query }),
  ]);
  return { containers: containers.length, networks: networks.length, volumes: (Volumes ?? []).length };
}

/** Processes that have the directory for their temporary files. */
export function processesIn(directory: string): string[] {
  const started = (pid: string): boolean => {
    try {
      return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`TMPDIR=${directory}`);
    } catch {
      return false;
    }
  };
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid && started(name));
}

/** Sockets below a directory. */
export function socketsIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((path) => isSocket(join(directory, path)));
}

function isSocket(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isSocket() === true;
}
