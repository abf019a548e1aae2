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
const old = client("Old");
const shop = client("Shop");
const clerk = client("Clerk");
const servers = [
  new Redis(stack, "Store", { memoryMiB: 32, storage: Storage.volume(), persistence: "rdb+aof" }),
  new Redis(stack, "Vault", { engine: "valkey", memoryMiB: 32, storage: Storage.volume(), persistence: "rdb", eviction: "allkeys-lfu" }),
];
for (const server of servers) {
  const as = server.node.id.toUpperCase();
  server.allowFrom(old, { as });
  if (step > 1) server.allowFrom(shop, { as, keys: step === 2 ? ["shop:*"] : ["shop:*", "more:*"], readKeys: ["news:*"] });
  if (step === 2) server.allowFrom(clerk, { as, keys: ["clerk:*"], commands: ["@read"] });
}
new Redis(stack, "Cache", { engine: "valkey", memoryMiB: 16, eviction: "volatile-random" }).allowFrom(old, { as: "CACHE" });
app.synth();
`);

/** Servers with accounts, of either engine. */
const SERVERS = ["store", "vault"] as const;

interface Login {
  readonly server: string;
  readonly username?: string;
  readonly password: string;
}

async function deploy(step: number): Promise<void> {
  project.variable("E2E_STEP", String(step));
  await project.deploy(STACK);
}

const facts = (server: string): Promise<ContainerFacts> => docker.container(STACK, server);

/** What a client was handed for a server; the account of all has no name. */
async function handed(client: string, server: string): Promise<Login> {
  const { Id } = await docker.container(STACK, client);
  const as = server.toUpperCase();
  const [username = "", password = ""] = (
    await docker.run(["exec", Id, "sh", "-c", `printf '%s\\n' "$${as}_USER"; cat "$${as}_PASSWORD_FILE"`])
  ).split("\n");
  return { server, ...(username === "" ? {} : { username }), password };
}

/** The answer to one command on a connection of its own, or the first word of the fault. */
async function ask(login: Login, ...command: string[]): Promise<unknown> {
  return withWayIn((await facts(login.server)).Id, 6379, (port) => askAt(port, login, command));
}

async function askAt(port: number, { server, ...login }: Login, command: string[]): Promise<unknown> {
  const client = createClient({ ...login, name: server, socket: { host: "127.0.0.1", port, reconnectStrategy: false } });
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

/** Values of a running server's settings. */
async function settings(login: Login, ...names: string[]): Promise<Record<string, string>> {
  return { ...((await ask(login, "CONFIG", "GET", ...names)) as Record<string, string>) };
}

/** Logins at a server, by client. */
const logins: Record<string, Record<"old" | "shop" | "clerk", Login>> = {};
const at = (server: string): Record<"old" | "shop" | "clerk", Login> => {
  const found = logins[server];
  if (found === undefined) throw new Error(`${server} must have clients`);
  return found;
};

beforeAll(async () => {
  await docker.purge(STACK);
  project.variable("E2E_STEP", "1");
  await project.synth();
  await project.buildImages(STACK);
  await deploy(1);
  for (const server of SERVERS) await ask(await handed("old", server), "SET", "news:1", "fresh");
  await deploy(2);
  for (const server of SERVERS) {
    const [old, shop, clerk] = [await handed("old", server), await handed("shop", server), await handed("clerk", server)];
    logins[server] = { old, shop, clerk };
  }
});
afterAll(async () => {
  await docker.purge(STACK);
  project.remove();
});

describe("a client with an account of its own", () => {
  it.each(SERVERS)("does what it was granted at the %s with its keys, and nothing else", async (server) => {
    const { shop, clerk } = at(server);
    expect([shop.username, clerk.username]).toEqual(["shop", "clerk"]);
    expect(await ask(shop, "SET", "shop:1", "a")).toBe("OK");
    expect(await ask(shop, "GET", "news:1")).toBe("fresh");
    for (const denied of [["SET", "news:1", "x"], ["GET", "clerk:1"], ["FLUSHALL"], ["CONFIG", "GET", "*"], ["KEYS", "*"], ["ACL", "LIST"]])
      expect([denied, await ask(shop, ...denied)]).toEqual([denied, "NOPERM"]);
    expect(await ask(clerk, "GET", "clerk:1")).toBeNull();
    expect(await ask(clerk, "SET", "clerk:1", "x")).toBe("NOPERM");
    expect(await ask({ ...clerk, password: shop.password }, "PING")).toBe("WRONGPASS");
  });

  it.each(SERVERS)("is known again after the %s's own restart, with its rows", async (server) => {
    const { shop } = at(server);
    await docker.run(["restart", (await facts(server)).Id]);
    expect(await poll("the server answers", 60, async () => ((await ask(shop, "GET", "shop:1")) === "a" ? "a" : undefined))).toBe("a");
  });

  it("has other keys after a deploy while each server runs on, and goes when it is taken out", async () => {
    const before = await Promise.all(SERVERS.map(facts));
    await deploy(3);
    expect((await Promise.all(SERVERS.map(facts))).map(({ Id }) => Id)).toEqual(before.map(({ Id }) => Id));
    for (const { old, shop, clerk } of SERVERS.map(at)) {
      expect(await ask(shop, "SET", "more:1", "b")).toBe("OK");
      expect(await ask(clerk, "PING")).toBe("WRONGPASS");
      expect(await ask(old, "GET", "more:1")).toBe("b");
    }
    expect(await project.planned(STACK)).toEqual({});
  });

  it("shows its password to no inspection, log, file of accounts or process list", async () => {
    const containers = await docker.containers(STACK);
    const inspected = await docker.inspect(
      "container",
      containers.map((each) => each.Id),
    );
    const seen = [JSON.stringify(inspected), ...(await Promise.all(containers.map((each) => docker.run(["logs", each.Id]))))];
    for (const { Id } of await Promise.all(SERVERS.map(facts))) {
      const accounts = await docker.run(["exec", Id, "cat", "/acl/users.acl"]);
      expect(accounts).toContain("user shop on #");
      seen.push(accounts, await docker.run(["exec", Id, "sh", "-c", "cat /proc/[0-9]*/cmdline"]));
    }
    const passwords = SERVERS.flatMap((server) => Object.values(at(server))).map(({ password }) => password);
    expect(new Set(passwords).size).toBe(6);
    for (const password of passwords) expect(seen.filter((text) => text.includes(password))).toEqual([]);
  });
});

describe("a server", () => {
  it.each([
    ["store", { save: "3600 1 300 100 60 10000", appendonly: "yes", maxmemory: String(16 << 20), "maxmemory-policy": "noeviction" }],
    ["vault", { save: "3600 1 300 100 60 10000", appendonly: "no", maxmemory: String(16 << 20), "maxmemory-policy": "allkeys-lfu" }],
    ["cache", { save: "", appendonly: "no", maxmemory: String(12 << 20), "maxmemory-policy": "volatile-random" }],
  ])("keeps and evicts as it was told: the %s", async (server, expected) => {
    expect(await settings(await handed("old", server), ...Object.keys(expected))).toEqual(expected);
  });

  it("is the engine that was asked for", async () => {
    const versions = await Promise.all(SERVERS.map(async (server) => String(await ask(at(server).old, "INFO", "server"))));
    expect(versions.map((text) => /^server_name:(\w+)/m.exec(text)?.[1])).toEqual([undefined, "valkey"]);
  });
});
