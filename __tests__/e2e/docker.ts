import { output, type CommandOptions } from "./command";

/** What `docker inspect` tells of a container, as far as the tests read it. */
export interface ContainerFacts {
  readonly Id: string;
  readonly Name: string;
  readonly Image: string;
  readonly Created: string;
  readonly State: { readonly Running: boolean; readonly Pid: number; readonly Health?: { readonly Status: string } };
  readonly Config: { readonly Env: readonly string[]; readonly Labels: Readonly<Record<string, string>>; readonly Hostname: string };
  readonly HostConfig: {
    readonly Memory: number;
    readonly MemorySwap: number;
    readonly PidsLimit: number;
    readonly Tmpfs?: Readonly<Record<string, string>> | null;
  };
  readonly Mounts: readonly { readonly Type: string; readonly Name?: string; readonly Destination: string; readonly RW: boolean }[];
  readonly NetworkSettings: {
    readonly Networks: Readonly<Record<string, { readonly IPAddress: string; readonly Aliases: readonly string[] | null }>>;
  };
}

/** Docker's own client, pointed at one engine. */
export class Docker {
  constructor(readonly host = "unix:///var/run/docker.sock") {}

  run(args: readonly string[], options: CommandOptions = {}): Promise<string> {
    return output("docker", ["-H", this.host, ...args], options);
  }

  async lines(...args: readonly string[]): Promise<string[]> {
    return (await this.run(args)).split("\n").filter((line) => line !== "");
  }

  async inspect<T>(kind: "container" | "image" | "network" | "volume", ids: readonly string[]): Promise<T[]> {
    return ids.length === 0 ? [] : (JSON.parse(await this.run([kind, "inspect", ...ids])) as T[]);
  }

  /** All containers of a stack, stopped ones and jobs too, by name. */
  async containers(stack: string, filter = ""): Promise<ContainerFacts[]> {
    const ids = await this.lines("ps", "-aq", "--no-trunc", "--filter", stackFilter(stack));
    const all = await this.inspect<ContainerFacts>("container", ids);
    return all.filter(({ Name }) => Name.includes(filter)).sort((a, b) => a.Name.localeCompare(b.Name));
  }

  /** The only running container whose name holds `part`. */
  async container(stack: string, part: string): Promise<ContainerFacts> {
    const found = (await this.containers(stack, part)).filter(({ State }) => State.Running);
    const [first] = found;
    if (first === undefined || found.length > 1)
      throw new Error(`expected one running container like ${part}, got ${found.map(({ Name }) => Name).join(", ") || "none"}`);
    return first;
  }

  networks(stack: string): Promise<string[]> {
    return this.lines("network", "ls", "--format", "{{.Name}}", "--filter", stackFilter(stack));
  }

  volumes(stack: string): Promise<string[]> {
    return this.lines("volume", "ls", "-q", "--filter", stackFilter(stack));
  }

  /** Removes everything of a stack, its kept volumes too. */
  async purge(stack: string): Promise<void> {
    const containers = await this.containers(stack);
    if (containers.length > 0) await this.run(["rm", "-f", ...containers.map(({ Id }) => Id)]);
    const networks = await this.networks(stack);
    if (networks.length > 0) await this.run(["network", "rm", ...networks]);
    const volumes = await this.volumes(stack);
    if (volumes.length > 0) await this.run(["volume", "rm", ...volumes]);
  }
}

function stackFilter(stack: string): string {
  return `label=docker-tiers.stack=${stack}`;
}
