import { PrivateEngine } from "../e2e/private-engine";
import { TerraformProject } from "../provider/terraform";
import { SshServer } from "./ssh-server";

const NAME = "dt-hosts-login";
const COUNT = 20;
const engine = new PrivateEngine();
const server = new SshServer();

beforeAll(() => Promise.all([engine.start(), server.start()]));

afterAll(async () => {
  await server.stop();
  await engine.remove();
});

const configuration = (sshOptions: readonly string[]): string => `
provider "docker" {
  host     = "${server.address(engine.host.replace("unix://", ""))}"
  ssh_opts = ${JSON.stringify([...sshOptions, ...server.options])}
}
resource "docker_network" "n" {
  count = ${COUNT}
  name  = "${NAME}-\${count.index}"
}
resource "docker_volume" "v" {
  count = ${COUNT}
  name  = "${NAME}-\${count.index}"
}
`;

/** How many objects an apply from nothing makes, and by how many logins, when terraform makes all of them at a time. */
async function apply(folder: string, ...sshOptions: string[]): Promise<{ volumes: number; logins: number }> {
  // Shared connections have their sockets below: here there is none yet.
  const variables = [`TMPDIR=${server.folder(folder)}`, `SSH_AUTH_SOCK=${server.agent}`];
  const project = await TerraformProject.create(configuration(sshOptions), ["env", ...variables, "terraform"]);
  try {
    const before = server.logins();
    await project.mustApply(`-parallelism=${COUNT * 2}`);
    const logins = server.logins() - before;
    const volumes = await engine.docker.lines("volume", "ls", "-q");
    return { volumes: volumes.filter((name) => name.startsWith(NAME)).length, logins };
  } finally {
    await project.close();
  }
}

describe("a host that is reached by ssh", () => {
  it("is logged in to once for all calls of an apply", async () => {
    expect(await apply("shared")).toEqual({ volumes: COUNT, logins: 1 });
  });

  it("is logged in to for each connection where somebody's options forbid to share one", async () => {
    const { volumes, logins } = await apply("alone", "-o", "ControlPath=none");
    expect(volumes).toBe(COUNT);
    expect(logins).toBeGreaterThan(1);
  });
});
