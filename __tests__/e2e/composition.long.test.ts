import { Docker, type ContainerFacts } from "./docker";
import { Project } from "./project";
import { poll } from "./poll";

const [DATA, WEB] = ["e2e-data", "e2e-web"];

/** Two stacks with lives of their own: a store, and a client of it. */
const PROGRAM = `import { App, TerraformStack } from "cdktf";
import { ContainerImage, EmbeddedDockerProvider, Health, Redis, Service, StateBackend, Storage } from "../../constructs";
import { redisRecipe } from "../../images/recipes/redis";

const app = new App();
const newStack = (id: string): TerraformStack => {
  const stack = new TerraformStack(app, id);
  new EmbeddedDockerProvider(stack, "docker", { host: "unix:///var/run/docker.sock" });
  StateBackend.local().bind(stack);
  return stack;
};
const store = new Redis(newStack("${DATA}"), "Store", { memoryMiB: 32, storage: Storage.volume() });
const client = new Service(newStack("${WEB}"), "Client", {
  image: ContainerImage.fromPackages(redisRecipe),
  memoryMiB: 32,
  entrypoint: ["sleep", "3600"],
  environment: { REVISION: process.env["E2E_REVISION"] ?? "1" },
  health: Health.shell("true", { intervalSeconds: 1 }),
});
store.allowFrom(client, { as: "STORE" });
app.synth();
`;

const docker = new Docker();
const project = Project.create(PROGRAM);

beforeAll(async () => {
  for (const stack of [WEB, DATA]) await docker.purge(stack);
  await project.synth();
  for (const stack of [DATA, WEB]) {
    await project.buildImages(stack);
    await project.deploy(stack);
  }
});

afterAll(async () => {
  for (const stack of [WEB, DATA]) await docker.purge(stack);
  project.remove();
});

const store = (): Promise<ContainerFacts> => docker.container(DATA, "store");

/** What the store answers to the client, which logs in by what it was handed. */
async function ask(command: string): Promise<string> {
  const { Id } = await docker.container(WEB, "client");
  const login = 'REDISCLI_AUTH="$(cat "$STORE_PASSWORD_FILE")" redis-cli -h "$STORE_HOST" -p "$STORE_PORT"';
  return (await docker.run(["exec", Id, "sh", "-c", `${login} ${command}`])).trim();
}

describe("a client in a stack of its own", () => {
  it("reaches the store of the other by what it was handed", async () => {
    expect(await poll("the store answers", 30, async () => ((await ask("PING")) === "PONG" ? "PONG" : undefined))).toBe("PONG");
    expect(await ask("SET visits 7")).toBe("OK");
  });

  it("is replaced without a word to the other, whose plan is empty then", async () => {
    const before = await store();
    project.variable("E2E_REVISION", "2");
    await project.deploy(WEB);
    expect((await store()).Id).toBe(before.Id);
    expect(await project.planned(DATA)).toEqual({});
    expect(await ask("GET visits")).toBe("7");
  });

  it("is destroyed and deployed again while the other runs on", async () => {
    const before = await store();
    await project.destroy(WEB);
    expect((await docker.containers(WEB)).filter(({ State }) => State.Running)).toEqual([]);
    expect((await store()).Id).toBe(before.Id);
    await project.deploy(WEB);
    expect(await ask("GET visits")).toBe("7");
  });

  it("finds the other again after that was made anew on its kept data", async () => {
    const { Id } = await store();
    await docker.run(["rm", "--force", Id]);
    await project.deploy(DATA);
    expect((await store()).Id).not.toBe(Id);
    expect(await poll("the store answers", 30, async () => ((await ask("GET visits")) === "7" ? "7" : undefined))).toBe("7");
  });
});
