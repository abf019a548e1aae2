import { Engine } from "../../engine";
import { PrivateEngine } from "../e2e/private-engine";
import { withLaunches } from "../provider/container-project";
import { buildProbeImages } from "../provider/probe-image";
import { ApplyProcess } from "./apply-process";
import { countObjects, shop } from "./objects";

jest.setTimeout(600_000);

const STACK = "dtf-restart";
const own = new PrivateEngine();
const engine = new Engine({ host: own.host });

beforeAll(async () => {
  await own.start();
  await buildProbeImages(own.host);
});
afterAll(async () => {
  await engine.close();
  await own.remove();
});

it("converges after its engine was restarted in the middle of an apply", async () => {
  await withLaunches(shop(STACK, 8, `provider "docker" {\n host = "${own.host}"\n}`), async (project) => {
    const apply = new ApplyProcess(project.directory, "-parallelism=2");
    await apply.reached(4);
    await own.stop();
    await own.start();
    expect(await apply.ended).toBe(1);
    expect(apply.output).not.toMatch(/panic|plugin did not respond|Fault in the provider/i);
    await project.mustApply();
    expect(await countObjects(engine, STACK)).toEqual({ containers: 8, networks: 1, volumes: 1 });
    expect(await project.check()).toMatchObject({ exitCode: 0 });
  });
  expect(await countObjects(engine, STACK)).toEqual({ containers: 0, networks: 0, volumes: 0 });
});
