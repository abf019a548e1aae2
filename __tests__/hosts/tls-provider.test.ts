import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { output } from "../e2e/command";
import type { PrivateEngine } from "../e2e/private-engine";
import { TerraformProject } from "../provider/terraform";
import { Authority } from "./certificates";
import { HOST, startTlsEngine } from "./tls-engine";

const NAME = "dt-hosts-tls";
const directory = mkdtempSync(join(tmpdir(), `${NAME}-`));
const docker = join(directory, "docker");
let engine: PrivateEngine;
let client: string;

beforeAll(async () => {
  const own = await Authority.create(join(directory, "own"));
  engine = await startTlsEngine(own);
  client = await own.issue("client", "client");
});

afterAll(async () => {
  await engine.remove();
  rmSync(directory, { recursive: true, force: true });
});

const file = (name: string): string => join(client, `${name}.pem`);
// The engine's loopback is not ours; what terraform's user has set is not of the test.
const variables = ["-u", "DOCKER_HOST", "-u", "DOCKER_CONTEXT", "-u", "DOCKER_CERT_PATH", `DOCKER_CONFIG=${docker}`];
const inside = (...command: readonly string[]): [string, ...string[]] => ["nsenter", engine.network, "env", ...variables, ...command];

const configuration = (provider: string): string => `
provider "docker" {
${provider}
}
resource "docker_network" "n" { name = "${NAME}" }
resource "docker_volume" "v" { name = "${NAME}" }
`;

/** What a plan holds, whether the engine has what an apply makes, how the next plan ends, and what a destroy leaves. */
async function life(provider: string): Promise<object> {
  const project = await TerraformProject.create(configuration(provider), inside("terraform"));
  try {
    const { changes } = await project.plan();
    const { exitCode: applied, output: told } = await project.applyPlan();
    if (applied !== 0) throw new Error(told);
    const [found] = await engine.docker.inspect<{ Id: string }>("network", [NAME]);
    const { id } = await project.values("docker_network.n");
    const { exitCode: planned } = await project.check();
    const { exitCode: destroyed } = await project.destroy();
    const volumes = await engine.docker.lines("volume", "ls", "-q");
    return { changes: changes.map(({ address }) => address), isThere: found?.Id === id, planned, destroyed, volumes };
  } finally {
    await project.close();
  }
}

const WHOLE = { changes: ["docker_network.n", "docker_volume.v"], isThere: true, planned: 0, destroyed: 0, volumes: [] };

describe("the provider and an engine with client certificates", () => {
  it("reaches it by certificates that are written as texts", async () => {
    const [ca = "", cert = "", key = ""] = ["ca", "cert", "key"].map((name) => readFileSync(file(name), "utf8"));
    const texts = `ca_material = <<-PEM\n${ca}PEM\ncert_material = <<-PEM\n${cert}PEM\nkey_material = <<-PEM\n${key}PEM`;
    expect(await life(`host = "${HOST}"\n${texts}`)).toEqual(WHOLE);
  });

  it("reaches it by a context that the docker command has created", async () => {
    const endpoint = `host=${HOST},ca=${file("ca")},cert=${file("cert")},key=${file("key")}`;
    await output("docker", ["context", "create", NAME, "--docker", endpoint], { env: { DOCKER_CONFIG: docker, DOCKER_HOST: undefined } });
    expect(await life(`context = "${NAME}"`)).toEqual(WHOLE);
  });

  it("fails where the context has no certificates", async () => {
    await output("docker", ["context", "create", "plain", "--docker", `host=${HOST}`], { env: { DOCKER_CONFIG: docker } });
    const project = await TerraformProject.create(configuration('context = "plain"'), inside("terraform"));
    try {
      const refused = await project.check();
      expect(refused).toMatchObject({ exitCode: 1 });
      expect(refused.output.replaceAll(/[\s│]+/g, " ")).toContain("DOCKER_HOST_PLAIN_TCP: host must not be plain tcp");
    } finally {
      await project.close();
    }
  });
});
