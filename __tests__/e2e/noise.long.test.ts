import { stripVTControlCharacters } from "node:util";
import { Docker } from "./docker";
import { guestbookProject } from "./guestbook-project";
import { isRed, noise } from "./noise";
import { Project } from "./project";

const STACK = "e2e-quiet";
const GUESTBOOK = "e2e-quiet-book";
const PORT = 18_091;
const PROGRAM = `import { App, TerraformStack } from "cdktf";
import { BridgeNetwork, EmbeddedDockerProvider } from "../../constructs";

const app = new App();
const stack = new TerraformStack(app, "${STACK}");
new EmbeddedDockerProvider(stack, "docker", { host: "unix:///var/run/docker.sock" });
new BridgeNetwork(stack, "Edge");
app.synth();
if (process.env["E2E_NOISE"] !== undefined) console.error(process.env["E2E_NOISE"]);
`;
const COMMANDS: [string, ...string[]][] = [["diff"], ["deploy", "--auto-approve"], ["diff"], ["destroy", "--auto-approve"]];

const docker = new Docker();
const network = coloured(Project.create(PROGRAM));
const guestbook = coloured(guestbookProject(GUESTBOOK));
afterAll(async () => {
  for (const stack of [STACK, GUESTBOOK]) await docker.purge(stack);
  for (const project of [network, guestbook]) project.remove();
});

/** What a destroy is meant to say of each volume with data or secrets. */
const isOfKeptVolume = (line: string): boolean => stripVTControlCharacters(line).includes("Warning: Volume is kept");

/** As on a terminal. */
function coloured(project: Project): Project {
  project.variable("NO_COLOR", undefined);
  project.variable("FORCE_COLOR", "1");
  return project;
}

describe("npx cdktf", () => {
  it.each(COMMANDS)("prints no line of noise: %s %s", async (command, ...options) => {
    const { code, stdout, stderr } = await network.cdktf(command, STACK, ...options);
    expect([code, noise(stdout), stderr]).toEqual([0, [], ""]);
  });

  it("would be seen with a line of noise, as that of a program that complains", async () => {
    network.variable("E2E_NOISE", "a complaint");
    const [line = "", ...others] = noise((await network.cdktf("diff", STACK)).stdout);
    expect([line, others]).toEqual([expect.stringContaining("a complaint"), []]);
    expect(isRed(line)).toBe(true);
  });
});

describe("npx cdktf of a guestbook", () => {
  it.each(COMMANDS)("prints no line of noise: %s %s", async (command, ...options) => {
    guestbook.settings(GUESTBOOK, { WEB_PORT: PORT });
    const { code, stdout, stderr } = await guestbook.cdktf(command, GUESTBOOK, ...options);
    expect([code, noise(stdout).filter((line) => isRed(line) || !isOfKeptVolume(line)), stderr]).toEqual([0, [], ""]);
  });

  it("says once that a rule is broken in dev, as a warning and not in red", async () => {
    guestbook.settings(GUESTBOOK, { WEB_PORT: PORT, HOST_MEMORY_MIB: 512 });
    const { code, stdout, stderr } = await guestbook.cdktf("diff", GUESTBOOK);
    expect([code, stderr]).toEqual([0, ""]);
    const lines = noise(stdout);
    expect(lines).toEqual([expect.stringContaining(`WARN [${GUESTBOOK}]: TIERS-HOST-MEMORY: `)]);
    expect(lines.some(isRed)).toBe(false);
  });
});
