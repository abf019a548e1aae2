import { createClient } from "redis";
import { Docker, type ContainerFacts } from "./docker";
import { poll } from "./poll";
import { Project } from "./project";
import { withWayIn } from "./way-in";

const STACK = "e2e-acl";

const docker = new Docker();
const project = Project.create(`import { App, TerraformStack } from "cdktf";
import { ContainerImage, EmbeddedDockerProvider, Health, Redis, Service, StateBackend, Storage } from "../../constructs";
import { redisRecipe } from "../../images/recipes/redis";

const app = new App();
const stack = new TerraformStack(app, "${STACK}");
new EmbeddedDockerProvider(stack, "docker", { host: "unix:///var/run/docker.sock" });
StateBackend.local().bind(stack);
const image = ContainerImage.fromPackages(redisRecipe);
const client = (id: string): Service =>
  new Service(stack, id, { image, memoryMiB: 16, entrypoint: ["sleep", "3600"], health: Health.shell("true", { intervalSeconds: 1 }) });
const step = Number(process.env["E2E_STEP"]);
const store = new Redis(stack, "Store", { memoryMiB: 32, storage: Storage.volume(), persistence: "rdb+aof" });
store.allowFrom(client("Old"), { as: "STORE" });
const shop = client("Shop");
if (step > 1) store.allowFrom(shop, { as: "STORE", keys: step === 2 ? ["shop:*"] : ["shop:*", "more:*"], readKeys: ["news:*"] });
const clerk = client("Clerk");
if (step === 2) store.allowFrom(clerk, { as: "STORE", keys: ["clerk:*"], commands: ["@read"] });
app.synth();
`);

interface Login {
  readonly username?: string;
  readonly password: string;
}

async function deploy(step: number): Promise<void> {
  project.variable("E2E_STEP", String(step));
  await project.deploy(STACK);
}

const server = (): Promise<ContainerFacts> => docker.container(STACK, "store");

/** What a client was handed; the account of all has no name. */
async function handed(client: string): Promise<Login> {
  const { Id } = await docker.container(STACK, client);
  const [username = "", password = ""] = (
    await docker.run(["exec", Id, "sh", "-c", `printf '%s\\n' "$STORE_USER"; cat "$STORE_PASSWORD_FILE"`])
  ).split("\n");
  return { ...(username === "" ? {} : { username }), password };
}

/** The answer to one command on a connection of its own, or the first word of the fault. */
async function ask(login: Login, ...command: string[]): Promise<unknown> {
  return withWayIn((await server()).Id, 6379, (port) => askAt(port, login, command));
}

async function askAt(port: number, login: Login, command: string[]): Promise<unknown> {
  const client = createClient({ ...login, socket: { host: "127.0.0.1", port, reconnectStrategy: false } });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await client.sendCommand(command);
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split(" ")[0];
  } finally {
    if (client.isOpen) client.destroy();
  }
}

let old: Login;
let shop: Login;
let clerk: Login;

beforeAll(async () => {
  await docker.purge(STACK);
  project.variable("E2E_STEP", "1");
  await project.synth();
  await project.buildImages(STACK);
  await deploy(1);
  old = await handed("old");
  await ask(old, "SET", "news:1", "fresh");
});
afterAll(async () => {
  await docker.purge(STACK);
  project.remove();
});

describe("a client with an account of its own at a store", () => {
  it("does what it was granted with its keys, and nothing else", async () => {
    await deploy(2);
    [shop, clerk] = [await handed("shop"), await handed("clerk")];
    expect([shop.username, clerk.username]).toEqual(["shop", "clerk"]);
    expect(await ask(shop, "SET", "shop:1", "a")).toBe("OK");
    expect(await ask(shop, "GET", "news:1")).toBe("fresh");
    for (const denied of [["SET", "news:1", "x"], ["GET", "clerk:1"], ["FLUSHALL"], ["CONFIG", "GET", "*"], ["KEYS", "*"], ["ACL", "LIST"]])
      expect([denied, await ask(shop, ...denied)]).toEqual([denied, "NOPERM"]);
    expect(await ask(clerk, "GET", "clerk:1")).toBeNull();
    expect(await ask(clerk, "SET", "clerk:1", "x")).toBe("NOPERM");
    expect(await ask({ username: "clerk", password: shop.password }, "PING")).toBe("WRONGPASS");
  });

  it("is known again after the server's own restart", async () => {
    await docker.run(["restart", (await server()).Id]);
    expect(await poll("the store answers", 60, async () => ((await ask(shop, "GET", "shop:1")) === "a" ? "a" : undefined))).toBe("a");
  });

  it("has other keys after a deploy while the server runs on, and goes when it is taken out", async () => {
    const { Id } = await server();
    await deploy(3);
    expect((await server()).Id).toBe(Id);
    expect(await ask(shop, "SET", "more:1", "b")).toBe("OK");
    expect(await ask(clerk, "PING")).toBe("WRONGPASS");
    expect(await ask(old, "GET", "more:1")).toBe("b");
    expect(await project.planned(STACK)).toEqual({});
  });

  it("shows its password to no inspection, log, file of accounts or process list", async () => {
    const containers = await docker.containers(STACK);
    const { Id } = await server();
    const seen = [
      JSON.stringify(
        await docker.inspect(
          "container",
          containers.map((each) => each.Id),
        ),
      ),
      ...(await Promise.all(containers.map((each) => docker.run(["logs", each.Id])))),
      await docker.run(["exec", Id, "cat", "/acl/users.acl"]),
      await docker.run(["exec", Id, "sh", "-c", "cat /proc/[0-9]*/cmdline"]),
    ];
    expect(seen.join("\n")).toContain("user shop on #");
    for (const { password } of [old, shop, clerk]) expect(seen.filter((text) => text.includes(password))).toEqual([]);
  });
});
