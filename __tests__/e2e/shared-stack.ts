import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { output } from "./command";
import { Docker } from "./docker";
import { guestbookProject, siteAt } from "./guestbook-project";
import { Project, TEMPORARY } from "./project";

const STACK = "e2e";
const PORT = 18_080;
const SETTINGS = { WEB_PORT: PORT, WEB_REPLICAS: 2, APP_MEMORY_MIB: 128 };
/** Test files run apart from each other: where the shared project lies is noted in a file. */
const NOTE = join(TEMPORARY, "e2e-shared");

/** The stack that most test files share: it is deployed once, and each file finds it in its first state. */
export class SharedStack {
  readonly stack = STACK;
  readonly docker = new Docker();
  readonly site = siteAt(PORT);

  private constructor(readonly project: Project) {}

  /** Deploys it, or brings it back to its first state. */
  static async deployed(): Promise<SharedStack> {
    const shared = new SharedStack(sharedProject());
    shared.configure();
    if (!(await shared.isAsDeclared())) await shared.project.deploy(STACK);
    await shared.site.ready(60);
    return shared;
  }

  /** Its first settings, with some of them changed. */
  configure(changed: Readonly<Record<string, string | number>> = {}): void {
    this.project.settings(STACK, { ...SETTINGS, ...changed });
  }

  /** Deploys other settings. */
  async deploy(changed: Readonly<Record<string, string | number>> = {}): Promise<void> {
    this.configure(changed);
    await this.project.deploy(STACK);
  }

  /** Whether an earlier file has left nothing to do. */
  private async isAsDeclared(): Promise<boolean> {
    if (!existsSync(join(this.project.stackDirectory(STACK), ".terraform"))) return false;
    return Object.keys(await this.planned()).length === 0;
  }

  /** What the web tier's nginx has complained about since an instant. */
  async webErrors(since: string): Promise<string[]> {
    const { Id } = await this.docker.container(this.stack, `${this.stack}-web`);
    const log = await output("sh", [
      "-c",
      'exec docker -H "$1" logs --since "$2" "$3" 2>&1 >/dev/null',
      "logs",
      this.docker.host,
      since,
      Id,
    ]);
    return log.split("\n").slice(-40);
  }

  planned(): Promise<Record<string, string>> {
    return this.project.planned(STACK);
  }
}

/** Ends the shared stack with its data, and what a broken run has left of it. */
export async function removeSharedStack(): Promise<void> {
  await new Docker().purge(STACK);
  if (existsSync(NOTE)) rmSync(readFileSync(NOTE, "utf8"), { recursive: true, force: true });
  rmSync(NOTE, { force: true });
}

function sharedProject(): Project {
  mkdirSync(TEMPORARY, { recursive: true });
  const project = existsSync(NOTE) ? Project.open(readFileSync(NOTE, "utf8")) : guestbookProject(STACK);
  writeFileSync(NOTE, project.directory);
  project.variable("E2E_STACKS", STACK);
  return project;
}
