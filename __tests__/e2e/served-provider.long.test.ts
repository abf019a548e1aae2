import { mkdirSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { killGroup, type Outcome } from "./command";
import { Docker } from "./docker";
import { poll } from "./poll";
import { Project } from "./project";

const STACK = "e2e-served";

/** Two stacks of one network; the variable names an engine that is not there. */
const PROGRAM = `import { App, TerraformStack } from "cdktf";
import { BridgeNetwork, EmbeddedDockerProvider } from "../../constructs";

const app = new App();
for (const name of ["${STACK}", "${STACK}-other"]) {
  const stack = new TerraformStack(app, name);
  new EmbeddedDockerProvider(stack, "docker", { host: process.env["E2E_HOST"] ?? "unix:///var/run/docker.sock" });
  new BridgeNetwork(stack, "Network");
}
app.synth();
`;

const docker = new Docker();
const project = Project.create(PROGRAM);
/** Sockets of providers are made here. */
const sockets = join(project.directory, "tmp");

beforeAll(async () => {
  await docker.purge(STACK);
  mkdirSync(sockets);
  project.variable("TMPDIR", sockets);
  await project.deploy(STACK);
});

afterAll(async () => {
  await docker.purge(STACK);
  project.remove();
});

/** Process ids of providers that the command itself has started. */
const served = (): number[] => providers((command) => command.includes("--follow-input"));

/** Process ids of providers that terraform has started. */
const launched = (): number[] => providers((command) => !command.includes("--follow-input"));

function providers(isMeant: (command: string) => boolean): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && text(() => readlinkSync(`/proc/${name}/cwd`)) === project.stackDirectory(STACK))
    .filter((name) => {
      const command = text(() => readFileSync(`/proc/${name}/cmdline`, "utf8"));
      return command.includes("provider.cjs") && isMeant(command);
    })
    .map(Number);
}

/** Runs a command, and says how many providers of each kind were there at most at one time. */
async function counted(
  args: readonly string[],
): Promise<{ readonly outcome: Outcome; readonly served: number; readonly launched: number }> {
  const most = { served: 0, launched: 0 };
  const timer = setInterval(() => {
    most.served = Math.max(most.served, served().length);
    most.launched = Math.max(most.launched, launched().length);
  }, 20);
  const outcome = await project.cdktf(...args);
  clearInterval(timer);
  return { outcome, ...most };
}

/** A process that has ended has nothing to say. */
function text(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}

/** Runs a command and does something as soon as its provider is there. */
async function whileServed(args: readonly string[], act: (leader: number) => void = () => undefined): Promise<Outcome> {
  let leader = 0;
  const command = project.run("npx", ["cdktf", ...args], { onStart: (pid) => (leader = pid) });
  await poll("the command serves a provider", 60, () => Promise.resolve(served().length === 1 || undefined));
  act(leader);
  return command;
}

async function expectNothingLeft(): Promise<void> {
  await poll("the provider ends with the command", 30, () => Promise.resolve(served().length === 0 || undefined));
  expect(readdirSync(sockets).filter((name) => name.startsWith("docker-tiers-provider-"))).toEqual([]);
}

describe("the provider that npx cdktf serves", () => {
  it.each(["diff", "deploy"])("is what terraform asks in a %s, and ends with it", async (verb) => {
    const { outcome, ...most } = await counted([verb, STACK, ...(verb === "deploy" ? ["--auto-approve"] : [])]);
    expect(outcome).toMatchObject({ code: 0 });
    expect(outcome.stdout).toContain("no changes are needed");
    expect(most).toEqual({ served: 1, launched: 0 });
    await expectNothingLeft();
  });

  it("ends with a command that fails", async () => {
    project.variable("E2E_HOST", "unix:///nowhere.sock");
    const { code, stdout, stderr } = await whileServed(["diff", STACK]);
    project.variable("E2E_HOST", undefined);
    expect(code).not.toBe(0);
    expect(`${stdout}${stderr}`).toContain("/nowhere.sock");
    await expectNothingLeft();
  });

  it("ends with a command that is interrupted", async () => {
    const { code, stdout, stderr } = await whileServed(["deploy", STACK, "--auto-approve"], (leader) => process.kill(-leader, "SIGINT"));
    expect(code).not.toBe(0);
    expect(`${stdout}${stderr}`).not.toContain("panic");
    await expectNothingLeft();
  });

  it("ends with a command that is killed", async () => {
    await whileServed(["deploy", STACK, "--auto-approve"], killGroup);
    await expectNothingLeft();
  });

  it("is none where several stacks are asked for: terraform starts one for each, in its own directory", async () => {
    const { outcome, ...most } = await counted(["deploy", STACK, `${STACK}-other`, "--auto-approve"]);
    await docker.purge(`${STACK}-other`);
    expect(outcome).toMatchObject({ code: 0 });
    expect(most).toEqual({ served: 0, launched: expect.any(Number) as number });
    expect(most.launched).toBeGreaterThan(0);
  });
});
