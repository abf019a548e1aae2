import { Docker } from "./docker";
import { noise } from "./noise";
import { Project } from "./project";

const STACK = "e2e-quiet";
const PROGRAM = `import { App, TerraformStack } from "cdktf";
import { BridgeNetwork, EmbeddedDockerProvider } from "../../constructs";

const app = new App();
const stack = new TerraformStack(app, "${STACK}");
new EmbeddedDockerProvider(stack, "docker", { host: "unix:///var/run/docker.sock" });
new BridgeNetwork(stack, "Edge");
app.synth();
if (process.env["E2E_NOISE"] !== undefined) console.error(process.env["E2E_NOISE"]);
`;

const docker = new Docker();
const project = Project.create(PROGRAM);
afterAll(async () => {
  await docker.purge(STACK);
  project.remove();
});

describe("npx cdktf", () => {
  it.each([["diff"], ["deploy", "--auto-approve"], ["diff"], ["destroy", "--auto-approve"]])(
    "prints no line of noise: %s %s",
    async (command, ...options) => {
      const { code, stdout, stderr } = await project.cdktf(command, STACK, ...options);
      expect([code, noise(stdout), stderr]).toEqual([0, [], ""]);
    },
  );

  it("would be seen with a line of noise, as that of a program that complains", async () => {
    project.variable("E2E_NOISE", "a complaint");
    const { stdout } = await project.cdktf("diff", STACK);
    expect(noise(stdout)).toEqual([expect.stringContaining("a complaint")]);
  });
});
