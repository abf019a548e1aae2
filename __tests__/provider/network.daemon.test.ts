import { TerraformProject } from "./terraform";
import { HOST, testEngine } from "./test-engine";

const PREFIX = "dt-net-test";
const TIMEOUT_MS = 120_000;
// Hooks destroy, too.
jest.setTimeout(TIMEOUT_MS);

interface Inspected {
  readonly Id: string;
  readonly Labels: Readonly<Record<string, string>>;
}

describe("docker_network", () => {
  const engine = testEngine();
  let project: TerraformProject;

  const removeLeftovers = async (): Promise<void> => {
    const networks = await engine.get<{ Id: string; Name: string }[]>("/networks", { query: { filters: { name: [PREFIX] } } });
    for (const { Id } of networks) await engine.delete(`/networks/${Id}`);
  };

  const inspect = (name: string): Promise<Inspected | undefined> => engine.find<Inspected>(`/networks/${name}`);

  beforeEach(removeLeftovers);

  afterEach(async () => {
    await project.close();
    await removeLeftovers();
  });

  afterAll(() => engine.close());

  it(
    "is created, found unchanged, replaced for a change, imported and removed",
    async () => {
      project = await TerraformProject.running(configuration({ subnet: "10.126.1.0/24" }));
      await project.mustApply();
      expect((await project.plan()).output).toContain("No changes.");
      project.write(configuration({ subnet: "10.126.2.0/24" }));
      const changed = await project.plan();
      expect(changed.changes).toMatchObject([{ actions: ["delete", "create"], replace_paths: [["ipam_config"]] }]);
      await project.mustApply();
      await project.forget("docker_network.n");
      expect((await project.import("docker_network.n", PREFIX)).exitCode).toBe(0);
      expect((await project.plan()).exitCode).toBe(0);
      expect((await project.destroy()).exitCode).toBe(0);
      expect(await inspect(PREFIX)).toBeUndefined();
    },
    TIMEOUT_MS,
  );

  it(
    "is planned again when it was removed by hand",
    async () => {
      project = await TerraformProject.running(configuration({}));
      await project.mustApply();
      await engine.delete(`/networks/${PREFIX}`);
      expect((await project.plan()).changes).toMatchObject([{ address: "docker_network.n", actions: ["create"] }]);
    },
    TIMEOUT_MS,
  );

  it(
    "takes over what an interrupted deploy of the same construct left, and makes an outdated one anew",
    async () => {
      project = await TerraformProject.running(configuration({ config: "aa" }));
      const left = await createByHand({ config: "aa" });
      await project.mustApply();
      expect((await inspect(PREFIX))?.Id).toBe(left);
      await project.forget("docker_network.n");
      project.write(configuration({ config: "bb" }));
      await project.mustApply();
      expect((await inspect(PREFIX))?.Labels).toMatchObject({ "docker-tiers.config": "bb" });
      expect((await inspect(PREFIX))?.Id).not.toBe(left);
    },
    TIMEOUT_MS,
  );

  it(
    "fails when someone else holds the name, and says who, since when and what to do",
    async () => {
      project = await TerraformProject.running(configuration({}));
      const id = await createByHand({ stack: "other" });
      const { exitCode, output } = await project.apply();
      expect(exitCode).toBe(1);
      expect(words(output)).toMatch(
        new RegExp(
          `Error: The network name is taken .*network name must be free, got "${PREFIX}", which is held by the network ${id.slice(0, 12)} of stack other, Edge \\(without a project\\) since \\S+; ` +
            `remove it \\(\`docker network rm ${id.slice(0, 12)}\`\\), choose another name, or take it over: \`terraform import ADDRESS ${id}\``,
        ),
      );
    },
    TIMEOUT_MS,
  );

  it(
    "fails when the subnet is taken, and says by which network",
    async () => {
      project = await TerraformProject.running(configuration({ subnet: "10.126.3.0/24" }));
      await engine.post("/networks/create", { body: { Name: `${PREFIX}-other`, IPAM: { Config: [{ Subnet: "10.126.3.128/25" }] } } });
      const { output } = await project.apply();
      expect(words(output)).toContain(
        `subnet must not overlap with another network on ${HOST}, got 10.126.3.0/24, which overlaps 10.126.3.128/25 of network ${PREFIX}-other`,
      );
    },
    TIMEOUT_MS,
  );

  async function createByHand({ stack = "dev", config = "aa" }: { stack?: string; config?: string }): Promise<string> {
    const Labels = { "docker-tiers.stack": stack, "docker-tiers.path": "Edge", "docker-tiers.config": config };
    return (await engine.post<{ Id: string }>("/networks/create", { body: { Name: PREFIX, Labels } })).Id;
  }
});

function configuration({ subnet, config = "aa" }: { subnet?: string; config?: string }): string {
  const labels = { "docker-tiers.stack": "dev", "docker-tiers.path": "Edge", "docker-tiers.config": config };
  const blocks = Object.entries(labels).map(([label, value]) => `  labels {\n    label = "${label}"\n    value = "${value}"\n  }`);
  const ipam = subnet === undefined ? [] : [`  ipam_config {\n    subnet = "${subnet}"\n  }`];
  return [`resource "docker_network" "n" {`, `  name = "${PREFIX}"`, ...blocks, ...ipam, "}", ""].join("\n");
}

/** Terraform's output without frames and line breaks. */
function words(output: string): string {
  return output.replace(/[│╷╵]/g, " ").replace(/\s+/g, " ");
}
