import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createClient, type Client } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { buildSync } from "esbuild";
import { PROVIDER_SCHEMA } from "../../provider/configuration";
import { Provider } from "../../provider/gen/provider_pb";
import { RESOURCES } from "../../provider/resources";
import { encodeObject } from "../../provider/wire";
import { startFakeEngine, type Answer, type FakeEngine } from "../engine/fake-engine";

// The machine may be busy with other tests.
jest.setTimeout(30_000);

const directory = mkdtempSync(join(tmpdir(), "served-test-"));
const bundle = join(directory, "provider.cjs");
const engines: FakeEngine[] = [];
const callers: Caller[] = [];
let child: ChildProcess;
let exit: Promise<unknown>;
let socketPath: string;

beforeAll(() => {
  const entry = resolve(__dirname, "../../provider/main.ts");
  buildSync({ entryPoints: [entry], bundle: true, platform: "node", format: "cjs", outfile: bundle, logLevel: "error" });
});
afterEach(async () => {
  for (const { manager } of callers.splice(0)) manager.abort();
  child.kill("SIGKILL");
  await exit;
  rmSync(dirname(socketPath), { recursive: true, force: true });
  for (const engine of engines.splice(0)) await engine.close();
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Caller {
  readonly provider: Client<typeof Provider>;
  readonly manager: Http2SessionManager;
}

async function serve(...flags: string[]): Promise<void> {
  child = spawn(process.execPath, [bundle, "--reattach", ...flags], { stdio: ["pipe", "pipe", "ignore"] });
  exit = new Promise((done) => child.once("exit", done));
  const line = await new Promise<string>((done) => child.stdout?.setEncoding("utf8").once("data", done));
  socketPath = /"String":"([^"]+)"/.exec(line)?.[1] ?? "";
}

/** Connects as terraform does for each provider block, and says which engine is meant. */
async function callerOf(answer: Answer): Promise<Caller & { readonly engine: FakeEngine }> {
  const engine = await startFakeEngine(answer);
  engines.push(engine);
  const manager = new Http2SessionManager("http://localhost", {}, { createConnection: () => connect(socketPath) });
  const provider = createClient(Provider, createGrpcTransport({ baseUrl: "http://localhost", sessionManager: manager }));
  callers.push({ provider, manager });
  await provider.configureProvider({ config: { msgpack: encodeObject({ host: engine.host }, PROVIDER_SCHEMA) } });
  return { provider, manager, engine };
}

function createNetwork({ provider }: Caller): ReturnType<Client<typeof Provider>["applyResourceChange"]> {
  const schema = RESOURCES["docker_network"]?.schema ?? { version: 0, attributes: {} };
  const msgpack = encodeObject({ name: "n", ipam_driver: "default" }, schema);
  return provider.applyResourceChange({ typeName: "docker_network", plannedState: { msgpack }, config: { msgpack } });
}

/** An engine that never answers, and what is known of its first request. */
function silence(): { readonly answer: Answer; readonly asked: Promise<void>; readonly abandoned: Promise<void> } {
  let asked = (): void => undefined;
  let abandoned = (): void => undefined;
  const first = new Promise<void>((done) => (asked = done));
  const gone = new Promise<void>((done) => (abandoned = done));
  const answer: Answer = (_request, _body, response) => {
    response.once("close", () => abandoned());
    asked();
  };
  return { answer, asked: first, abandoned: gone };
}

const refuse: Answer = (_request, _body, response) => response.writeHead(500).end('{"message":"refused by this engine"}');

describe("a provider that serves many clients", () => {
  it("asks for each the engine of its own configuration", async () => {
    await serve();
    const [first, second] = [await callerOf(refuse), await callerOf(refuse)];
    await createNetwork(first);
    const others = second.engine.requests.length;
    expect(first.engine.requests.some((request) => request.includes("/networks"))).toBe(true);
    await createNetwork(second);
    expect(second.engine.requests.slice(others).some((request) => request.includes("/networks"))).toBe(true);
    expect(second.engine.requests.slice(0, others).some((request) => request.includes("/networks"))).toBe(false);
  });

  it("keeps its connections to a client's engine until that client is gone", async () => {
    await serve();
    const closed: Promise<string>[] = [];
    const answer: Answer = (request, body, response) => {
      closed.push(new Promise((done) => request.socket.once("close", () => done("closed"))));
      refuse(request, body, response);
    };
    const [gone, staying] = [await callerOf(answer), await callerOf(refuse)];
    await createNetwork(gone);
    await createNetwork(gone);
    const called = Promise.all(closed);
    await expect(Promise.race([called, staying.provider.getMetadata({}).then(() => "kept")])).resolves.toBe("kept");
    gone.manager.abort();
    expect(new Set(await called)).toEqual(new Set(["closed"]));
    await expect(staying.provider.getMetadata({})).resolves.toBeDefined();
  });

  it("stops what it does for a client that is gone, or asks for it, and goes on for the others", async () => {
    await serve();
    const [gone, stopped, waiting] = [silence(), silence(), silence()];
    const [first, second, third] = [await callerOf(gone.answer), await callerOf(stopped.answer), await callerOf(waiting.answer)];
    const results = [createNetwork(first), createNetwork(second), createNetwork(third)];
    const settled = results.map((result) => result.then(() => "answered").catch(() => "lost"));
    await Promise.all([gone.asked, stopped.asked, waiting.asked]);
    first.manager.abort();
    await second.provider.stopProvider({});
    await Promise.all([gone.abandoned, stopped.abandoned]);
    expect(await Promise.all(settled.slice(0, 2))).toEqual(["lost", "answered"]);
    await expect(Promise.race([settled[2], third.provider.getMetadata({}).then(() => "goes on")])).resolves.toBe("goes on");
  });
});

describe("the end of a provider that serves", () => {
  it("is that of its standard input, and leaves no socket", async () => {
    await serve("--follow-input");
    expect(existsSync(socketPath)).toBe(true);
    child.stdin?.end();
    await expect(exit).resolves.toBe(0);
    expect(existsSync(dirname(socketPath))).toBe(false);
  });

  it("comes without a word when nobody has waited for the variable", async () => {
    const hasty = spawn(process.execPath, [bundle, "--reattach", "--follow-input"], { stdio: ["pipe", "pipe", "pipe"] });
    let said = "";
    hasty.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    hasty.stdout.destroy();
    hasty.stdin.end();
    await expect(new Promise((done) => hasty.once("close", done))).resolves.toBe(0);
    expect(said).toBe("");
  });

  it("is SIGTERM where it does not follow its input, and leaves no socket", async () => {
    await serve();
    child.stdin?.end();
    await expect((await callerOf(refuse)).provider.getMetadata({})).resolves.toBeDefined();
    callers.splice(0).forEach(({ manager }) => manager.abort());
    child.kill("SIGTERM");
    await expect(exit).resolves.toBe(0);
    expect(existsSync(dirname(socketPath))).toBe(false);
  });

  it("waits for the last client, and no interrupt hastens it", async () => {
    await serve("--follow-input");
    const client = await callerOf(refuse);
    child.stdin?.end();
    child.kill("SIGINT");
    child.kill("SIGHUP");
    child.kill("SIGTERM");
    await expect(Promise.race([exit, createNetwork(client).then(() => "served")])).resolves.toBe("served");
    client.manager.abort();
    await expect(exit).resolves.toBe(0);
  });
});
