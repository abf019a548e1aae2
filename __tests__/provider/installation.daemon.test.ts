import { rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { RunningProvider } from "./running-provider";
import { TerraformProject } from "./terraform";

jest.setTimeout(120_000);

const BUNDLE = resolve(__dirname, "../../dist/provider");
const ADDRESS = "terraform.local/docker-tiers/docker";
const environment = { ...process.env };

const configuration = (name: string): string => `resource "docker_volume" "v" {\n name = "${name}"\n}\n`;

let project: TerraformProject;

beforeEach(async () => {
  project = await TerraformProject.create();
});

afterEach(async () => {
  await project.close();
  process.env = { ...environment };
});

/** Leaves terraform nothing by which it could find the provider of itself. */
function forgetProvider(): void {
  for (const name of [".terraform", ".terraform.lock.hcl", "terraform.d"])
    rmSync(join(project.directory, name), { recursive: true, force: true });
}

/** Creates, plans nothing, destroys. */
async function exitCodes(name: string): Promise<readonly number[]> {
  project.write(configuration(name));
  const codes: number[] = [];
  for (const step of [() => project.apply(), () => project.check(), () => project.destroy()]) codes.push((await step()).exitCode);
  return codes;
}

describe("the provider is found", () => {
  it("in the directory of plugins below the working directory, without any configuration of terraform", async () => {
    delete process.env["TF_CLI_CONFIG_FILE"];
    expect(await exitCodes("dt-found-mirror")).toEqual([0, 0, 0]);
    expect((await project.run("providers")).output).toContain(`provider[${ADDRESS}]`);
  });

  it("by dev_overrides, without an init", async () => {
    forgetProvider();
    const file = join(project.directory, "cli.tfrc");
    writeFileSync(file, `provider_installation {\n  dev_overrides {\n    "${ADDRESS}" = "${BUNDLE}"\n  }\n  direct {}\n}\n`);
    process.env["TF_CLI_CONFIG_FILE"] = file;
    expect(await exitCodes("dt-found-override")).toEqual([0, 0, 0]);
    expect((await project.check()).output).toContain(`${ADDRESS} in ${BUNDLE}`);
  });

  it("running, by TF_REATTACH_PROVIDERS, and is not ended by terraform", async () => {
    forgetProvider();
    const provider = await RunningProvider.start(BUNDLE, project.directory);
    Object.assign(process.env, provider.environment);
    expect((await project.run("init", "-no-color")).exitCode).toBe(0);
    expect(await exitCodes("dt-found-running")).toEqual([0, 0, 0]);
    expect(provider.child.exitCode).toBeNull();
    await provider.stop();
  });
});
