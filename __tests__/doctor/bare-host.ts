import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { output, run } from "../e2e/command";
import { poll } from "../e2e/poll";
import { REPOSITORY } from "../e2e/project";

/** What is the host's own; its data root is in memory. Its first process ends the dead, as each does, and with it end all. */
const FURNISH = `
cd "$1" && mkdir etc work lib log
mount -t overlay overlay -o "lowerdir=/etc,upperdir=$1/etc,workdir=$1/work" /etc
mount --bind lib /var/lib
mount --bind log /var/log
for place in /run /mnt /srv; do mount -t tmpfs tmpfs $place; done
mkdir /var/lib/docker
mount -t tmpfs -o size=24g tmpfs /var/lib/docker
ip link set lo up
touch ready
while :; do sleep 0.2; done`;

const OWN = ["--net", "--mount", "--pid", "--fork", "--mount-proc", "--propagation", "private", "--kill-child"];

/** A host with programs and without an engine: the processes, disks, /etc and network of this machine are out of its sight. It takes root. */
export class BareHost {
  private readonly directory = realpathSync(mkdtempSync(join(tmpdir(), "doctor-host-")));
  private holder: ChildProcess | undefined;
  private first = "";

  async start(): Promise<void> {
    this.holder = spawn("unshare", [...OWN, "sh", "-ec", FURNISH, "sh", this.directory], { stdio: "ignore" });
    await poll("the host is furnished", 20, () => Promise.resolve(existsSync(join(this.directory, "ready")) || undefined));
    this.first = (await output("pgrep", ["-P", String(this.holder.pid)])).trim();
  }

  /** Runs a line of a shell on it, as root. @returns what it printed */
  sh(line: string, input = ""): Promise<string> {
    return output("nsenter", [...this.entry, "sh", "-c", line], { input });
  }

  /** What `tiers doctor` prints there, for programs. */
  async doctor(): Promise<string> {
    const command = [...this.entry, process.execPath, join(REPOSITORY, "dist/cli/bin.js"), "doctor", "--format", "json"];
    return (await run("nsenter", command)).stdout;
  }

  async remove(): Promise<void> {
    const ended = new Promise((resolve) => this.holder?.on("close", resolve));
    if (this.holder?.kill("SIGKILL") === true) await ended;
    await poll("its processes have ended", 20, async () => ((await run("kill", ["-0", this.first])).code === 0 ? undefined : true));
    rmSync(this.directory, { recursive: true, force: true });
  }

  private get entry(): string[] {
    return ["-t", this.first, "--net", "--mount", "--pid"];
  }
}
