import { engine, withLaunches } from "../provider/container-project";
import { buildProbeImages } from "../provider/probe-image";
import type { TerraformProject } from "../provider/terraform";
import { ApplyProcess } from "./apply-process";
import { countObjects, shop } from "./objects";

jest.setTimeout(900_000);

beforeAll(buildProbeImages);
afterAll(() => engine.close());

const idsOf = async (stack: string): Promise<string[]> => {
  const query = { all: true, filters: { label: [`docker-tiers.stack=${stack}`] } };
  return (await engine.get<{ Id: string }[]>("/containers/json", { query })).map(({ Id }) => Id).sort();
};

const idsInState = async (project: TerraformProject): Promise<string[]> =>
  (await project.state())
    .filter(({ address }) => address.startsWith("docker_container."))
    .map(({ values }) => String(values["id"]))
    .sort();

it("makes and removes 60 containers ten at a time", async () => {
  const stack = "dtf-many";
  await withLaunches(shop(stack, 60), async (project) => {
    await project.mustApply("-parallelism=10");
    expect(await countObjects(engine, stack)).toEqual({ containers: 60, networks: 1, volumes: 1 });
    expect(await project.check()).toMatchObject({ exitCode: 0 });
    expect(await project.destroy("-parallelism=10")).toMatchObject({ exitCode: 0 });
  });
  expect(await countObjects(engine, stack)).toEqual({ containers: 0, networks: 0, volumes: 0 });
});

it("knows all that it has made when it is interrupted, and goes on from there", async () => {
  const stack = "dtf-interrupt";
  await withLaunches(shop(stack, 12), async (project) => {
    const apply = new ApplyProcess(project.directory, "-parallelism=4");
    // Network, volume and the first containers.
    await apply.reached(4);
    apply.signal("SIGINT");
    expect(await apply.ended).toBe(1);
    expect(apply.output).toContain("Interrupt received.");
    const made = await idsOf(stack);
    expect(made.length).toBeGreaterThan(0);
    expect(made.length).toBeLessThan(12);
    expect(await idsInState(project)).toEqual(made);
    await project.mustApply();
    expect(await countObjects(engine, stack)).toEqual({ containers: 12, networks: 1, volumes: 1 });
    expect(await project.check()).toMatchObject({ exitCode: 0 });
  });
});
