import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Outcome } from "../e2e/command";
import type { Docker } from "../e2e/docker";
import { plainText, Project, REPOSITORY } from "../e2e/project";

export const TIERS = join(REPOSITORY, "dist/cli/bin.js");
/** The environment and the stack. */
export const STACK = "dt-hosts";
export const PASSWORD = "set-by-hand";

/** Redis with a password that is made on the host, and a service that reads it and one from the store. */
const PROGRAM = `import { App, TerraformStack } from "cdktf";
import { BridgeNetwork, ContainerImage, EmbeddedDockerProvider, Health, Redis, Secret, Service, StateBackend } from "../../constructs";
import { redisRecipe } from "../../images/recipes/redis";

const app = new App();
const stack = new TerraformStack(app, "${STACK}");
const { HOST = "", CERT_PATH: certPath, SSH_OPTS: sshOpts } = process.env;
new EmbeddedDockerProvider(stack, "docker", { host: HOST, ...(certPath ? { certPath } : {}), ...(sshOpts ? { sshOpts: sshOpts.split(" ") } : {}) });
StateBackend.local().bind(stack);
const cache = new Redis(stack, "Cache", { memoryMiB: 64 });
const shop = new Service(stack, "Shop", {
  image: ContainerImage.fromPackages(redisRecipe),
  network: new BridgeNetwork(stack, "Edge"),
  port: 3000,
  memoryMiB: 32,
  entrypoint: ["sleep", "3600"],
  health: Health.shell("true", { intervalSeconds: 1 }),
});
cache.allowFrom(shop, { as: "CACHE" });
Secret.fromStore("token").mountInto(shop);
app.synth();
`;

/** A small project on a host that is reached by ssh or TLS, used by the commands that a user has. */
export class HostProject {
  readonly project = Project.create(PROGRAM);
  private readonly keys = mkdtempSync(join(tmpdir(), "dt-hosts-keys-"));

  /** @param prefix what stands before each command, such as nsenter and its options */
  constructor(
    variables: Readonly<Record<string, string>>,
    private readonly prefix: readonly string[] = [],
  ) {
    for (const [name, value] of Object.entries(variables)) this.project.variable(name, value);
    this.project.variable("DOCKER_TIERS_IDENTITY", join(this.keys, "ada"));
  }

  /** Runs a command of the project; may fail. */
  run(...command: readonly string[]): Promise<Outcome> {
    const [file = "", ...args] = [...this.prefix, ...command];
    return this.project.run(file, args, { timeoutSeconds: 280 });
  }

  /** Runs one that must succeed. @returns what it printed, without colours and frames */
  async must(...command: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(...command);
    if (code !== 0) throw new Error(`${command.join(" ")} exited with ${code}:\n${`${stdout}\n${stderr}`.slice(-6000)}`);
    return plainText(`${stdout}\n${stderr}`);
  }

  async storeSecret(): Promise<void> {
    await this.must("node", TIERS, "secrets", "init", STACK);
    const { code, stderr } = await this.project.run("node", [TIERS, "secrets", "set", "token"], { input: PASSWORD });
    if (code !== 0) throw new Error(stderr);
  }

  /** Synth, and the images that the host lacks. */
  async prepare(): Promise<string> {
    await this.project.synth();
    return this.must("node", TIERS, "images", "build", STACK);
  }

  cdktf(...args: readonly string[]): Promise<string> {
    return this.must("npx", "cdktf", ...args);
  }

  /** What a command prints that must fail. */
  async failure(...command: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(...command);
    if (code === 0) throw new Error(`${command.join(" ")} must fail`);
    return plainText(`${stdout}\n${stderr}`);
  }

  /** Which host the images command cannot use, and why: it asks the engine first. */
  async refusal(variables: Readonly<Record<string, string | undefined>>): Promise<string> {
    for (const [name, value] of Object.entries(variables)) this.project.variable(name, value);
    await this.project.synth();
    return this.failure("node", TIERS, "images", "list", STACK);
  }

  remove(): void {
    this.project.remove();
    rmSync(this.keys, { recursive: true, force: true });
  }
}

/** What the service reads: the stored value, and the answer of Redis' port to its generated password. */
export async function readSecrets(docker: Docker): Promise<{ stored: string; generated: number }> {
  const { Id } = await docker.container(STACK, `${STACK}-shop`);
  const stored = await docker.run(["exec", "--user", "1000:1000", Id, "cat", "/run/secrets/token/value"]);
  const file = await docker.run(["exec", "--user", "1000:1000", Id, "sh", "-c", 'cat "$CACHE_PASSWORD_FILE"']);
  return { stored, generated: file.length };
}
