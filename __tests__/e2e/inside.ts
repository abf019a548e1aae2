import { run, type Outcome } from "./command";
import type { ContainerFacts, Docker } from "./docker";

/** Lists directories that take a new file, and takes it away again; processes come and go, and their directories with them. */
const WRITABLE = `find / -path '/proc/[0-9]*' -prune -o -type d -print 2>/dev/null | while IFS= read -r directory; do
  file="\${directory%/}/.written.$$"
  if true 2>/dev/null >"$file"; then rm -f "$file"; echo "$directory"; fi
done`;

const STATUS = "for file in /proc/[0-9]*/status; do cat $file 2>/dev/null && echo; done";

/** What the kernel says of a process. */
export interface ProcessStatus {
  readonly Name: string;
  /** Real, effective, saved and file system id. */
  readonly Uid: string;
  readonly CapPrm: string;
  readonly CapEff: string;
  readonly CapBnd: string;
  readonly NoNewPrivs: string;
  readonly Seccomp: string;
}

/** What somebody could do who has taken a container. */
export class Inside {
  constructor(
    private readonly docker: Docker,
    private readonly id: string,
  ) {}

  static of(docker: Docker, { Id }: Pick<ContainerFacts, "Id">): Inside {
    return new Inside(docker, Id);
  }

  /** A program inside, as the container's own user unless `user` names another. */
  exec(command: readonly string[], user?: string): Promise<Outcome> {
    return run("docker", ["-H", this.docker.host, "exec", ...(user === undefined ? [] : ["--user", user]), this.id, ...command]);
  }

  sh(script: string, user?: string): Promise<Outcome> {
    return this.exec(["sh", "-c", script], user);
  }

  /** Directories that take a file. */
  async writable(user?: string): Promise<string[]> {
    return lines((await this.sh(WRITABLE, user)).stdout).sort();
  }

  /** Every process of the container, the one that looks included. */
  async processes(): Promise<ProcessStatus[]> {
    const { stdout } = await this.sh(STATUS);
    return stdout
      .split("\n\n")
      .filter((text) => text.trim() !== "")
      .map((text) => Object.fromEntries(lines(text).map(fieldOf)) as unknown as ProcessStatus);
  }

  /** Device files, by path. */
  async devices(): Promise<string[]> {
    return lines((await this.sh("find /dev -type b -o -type c")).stdout).sort();
  }
}

const lines = (text: string): string[] => text.split("\n").filter((line) => line !== "");

function fieldOf(line: string): [string, string] {
  const [name = "", ...values] = line.split(/[:\s]+/);
  return [name, values.join(" ").trim()];
}
