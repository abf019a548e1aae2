import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { output, type Outcome } from "./command";
import { Project, REPOSITORY } from "./project";

/** What `npx tiers` runs. */
const TIERS = join(REPOSITORY, "dist/cli/bin.js");

/** A service that takes many secrets, one that takes none, and a web tier that takes one and is never made anew before it is removed. */
const PROGRAM = `import { App, TerraformStack } from "cdktf";
import { BridgeNetwork, ContainerImage, EmbeddedDockerProvider, Health, Secret, Service, StateBackend, WebTier } from "../../constructs";
import { nodeRecipe } from "../../images/recipes/node";

const app = new App();
const stack = new TerraformStack(app, process.env["E2E_STACK"] ?? "");
new EmbeddedDockerProvider(stack, "docker", { host: "unix:///var/run/docker.sock" });
StateBackend.local().bind(stack);
const edge = new BridgeNetwork(stack, "Edge");
const sleeper = (id: string): Service =>
  new Service(stack, id, {
    image: ContainerImage.fromPackages(nodeRecipe),
    network: edge,
    port: 3000,
    memoryMiB: 32,
    entrypoint: ["sleep", "3600"],
    health: Health.shell("true", { intervalSeconds: 1 }),
  });
const shop = sleeper("Shop");
for (const name of (process.env["E2E_SECRETS"] ?? "").split(",")) Secret.fromStore(name).mountInto(shop);
const web = new WebTier(stack, "Web", { memoryMiB: 32, routes: { "/": shop, "/other": sleeper("Other") } });
Secret.fromStore("planted-0").mountInto(web);
app.synth();
`;

/** A project whose stack takes stored secrets, and the people who have keys for them. */
export class StoredProject {
  readonly project: Project;
  private readonly keys = mkdtempSync(join(tmpdir(), "docker-tiers-keys-"));

  constructor(
    readonly stack: string,
    program = PROGRAM,
  ) {
    this.project = Project.create(program);
    this.project.variable("E2E_STACK", stack);
  }

  /** From now on this person works in the project. */
  become(person: string): void {
    this.project.variable("DOCKER_TIERS_IDENTITY", this.keyOf(person));
  }

  keyOf(person: string): string {
    return join(this.keys, person);
  }

  /** Which of them the service mounts. */
  mount(names: readonly string[]): void {
    this.project.variable("E2E_SECRETS", names.join(","));
  }

  /** `tiers secrets ...`, which must succeed. @returns what it printed */
  async secrets(args: readonly string[], input = ""): Promise<string> {
    const { code, stdout, stderr } = await this.project.run("node", [TIERS, "secrets", ...args], { input });
    if (code !== 0) throw new Error(`tiers secrets ${args.join(" ")} exited with ${code}: ${stderr}`);
    return stdout;
  }

  /** What the age program makes of a secret's file. */
  age(name: string, person: string): Promise<string> {
    return output("age", ["-d", "-i", this.keyOf(person), join(this.folder, `${name}.age`)]);
  }

  /** What a person reads of a text that the age program encrypts for the list of readers. */
  async ageRoundTrip(text: string, person: string): Promise<string> {
    const encrypted = await output("age", ["-a", "-R", join(this.folder, "recipients.txt")], { input: text });
    return output("age", ["-d", "-i", this.keyOf(person)], { input: encrypted });
  }

  /** Where the secrets of the stack's environment are. */
  get folder(): string {
    return join(this.project.directory, "secrets", this.stack);
  }

  /** Applies what the program says now, without cdktf's own start-up; may fail. */
  async apply(): Promise<Outcome> {
    await this.project.synth();
    const options = { cwd: this.project.stackDirectory(this.stack) };
    return this.project.run("terraform", ["apply", "-input=false", "-auto-approve", "-no-color"], options);
  }

  remove(): void {
    this.project.remove();
    rmSync(this.keys, { recursive: true, force: true });
  }
}
