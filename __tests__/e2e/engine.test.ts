import { Docker } from "./docker";
import { guestbookProject } from "./guestbook-project";
import { poll } from "./poll";
import { PrivateEngine } from "./private-engine";

const STACK = "e2e-restart";
const SITE = "http://127.0.0.1:18084";

const engine = new PrivateEngine();
const project = guestbookProject(STACK);

beforeAll(async () => {
  await engine.start();
  project.settings(STACK, { WEB_PORT: 18_084, HOST: engine.host });
  await project.synth();
  await engine.load(new Docker(), await images());
  await project.deploy(STACK);
});

afterAll(async () => {
  await engine.docker.purge(STACK);
  await engine.remove();
  project.remove();
});

/** What the stack wants from packages, as the host's engine has it. */
async function images(): Promise<string[]> {
  const wanted = new Set(
    project.read(`cdktf.out/stacks/${STACK}/cdk.tf.json`).match(/localhost\/docker-tiers\/(mysql|redis|nginx|node):[\w.-]+/g),
  );
  const here = await new Docker().lines("images", "--format", "{{.Repository}}:{{.Tag}}");
  return here.filter((name) => wanted.has(name));
}

async function answered(): Promise<string | undefined> {
  const answer = await engine.get(`${SITE}/entries`);
  return answer.startsWith("200 ") ? answer : undefined;
}

describe("an engine that is restarted", () => {
  it("brings everything back, with its data and without a deploy", async () => {
    const page = await poll("the guestbook answers", 60, answered);
    const before = await engine.docker.containers(STACK);
    await engine.stop();
    await expect(engine.docker.run(["ps"])).rejects.toThrow(/Cannot connect to the Docker daemon/);
    await engine.start();
    expect(await poll("the guestbook answers again", 90, answered)).toBe(page);
    const after = await engine.docker.containers(STACK);
    expect(after.map(({ Id, State }) => [Id, State.Running])).toEqual(before.map(({ Id, State }) => [Id, State.Running]));
    expect(await project.planned(STACK)).toEqual({});
  });
});
