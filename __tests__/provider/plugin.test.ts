import { spawn, type ChildProcess } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createClient, type Client } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { buildSync } from "esbuild";
import { GRPCController, GRPCStdio } from "../../provider/gen/plugin_pb";
import { Provider } from "../../provider/gen/provider_pb";
import { RESOURCES } from "../../provider/resources";
import { makeCertificate } from "../../provider/plugin/certificate";
import { encodeObject } from "../../provider/wire";
import { PROVIDER_SCHEMA } from "../../provider/configuration";
import { startFakeEngine } from "../engine/fake-engine";

// The machine may be busy with other tests.
jest.setTimeout(30_000);

const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
const directory = mkdtempSync(join(tmpdir(), "plugin-test-"));
const bundle = join(directory, "provider.cjs");
const caller = makeCertificate();

interface Plugin {
  readonly child: ChildProcess;
  readonly socketPath: string;
  readonly provider: Client<typeof Provider>;
  readonly controller: Client<typeof GRPCController>;
  readonly stdio: Client<typeof GRPCStdio>;
  readonly exit: Promise<number | null>;
}

beforeAll(() => {
  buildSync({
    entryPoints: [resolve(__dirname, "../../provider/main.ts")],
    bundle: true,
    platform: "node",
    format: "cjs",
    outfile: bundle,
    logLevel: "error",
  });
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

function run(environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [bundle], { env: { ...process.env, ...environment } });
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((done) => child.stdout?.setEncoding("utf8").once("data", (text: string) => done(text)));
}

/** Starts the plugin as terraform does and connects with mutual TLS. */
async function start(): Promise<Plugin> {
  const child = run({ TF_PLUGIN_MAGIC_COOKIE: COOKIE, PLUGIN_CLIENT_CERT: caller.pem });
  const exit = new Promise<number | null>((done) => child.once("exit", done));
  const [, , , socketPath = "", , certificate = ""] = (await firstLine(child)).trim().split("|");
  const server = new X509Certificate(Buffer.from(certificate, "base64"));
  const nodeOptions = {
    ca: server.toString(),
    cert: caller.pem,
    key: caller.keyPem,
    path: socketPath,
    servername: "localhost",
    createConnection: undefined,
  };
  const { connect: connectTls } = await import("node:tls");
  const transport = createGrpcTransport({
    baseUrl: "https://localhost",
    nodeOptions: { ...nodeOptions, createConnection: () => connectTls({ ...nodeOptions, ALPNProtocols: ["h2"] }) },
  });
  return {
    child,
    socketPath,
    exit,
    provider: createClient(Provider, transport),
    controller: createClient(GRPCController, transport),
    stdio: createClient(GRPCStdio, transport),
  };
}

describe("the plugin", () => {
  let plugin: Plugin;

  beforeEach(async () => {
    plugin = await start();
  });

  afterEach(async () => {
    plugin.child.kill("SIGKILL");
    await plugin.exit;
    rmSync(dirname(plugin.socketPath), { recursive: true, force: true });
  });

  it("serves its schema and says that terraform may keep it", async () => {
    const { resourceSchemas, serverCapabilities } = await plugin.provider.getProviderSchema({});
    expect(Object.keys(resourceSchemas).sort()).toEqual(Object.keys(RESOURCES).sort());
    expect(serverCapabilities?.getProviderSchemaOptional).toBe(true);
  });

  it("holds the output stream open until it ends, and leaves nothing behind", async () => {
    const streamed = (async () => {
      for await (const data of plugin.stdio.streamStdio({})) return data;
      return "ended";
    })();
    await plugin.controller.shutdown({});
    await expect(streamed).resolves.toBe("ended");
    await expect(plugin.exit).resolves.toBe(0);
    expect(existsSync(dirname(plugin.socketPath))).toBe(false);
  });

  it("goes on after an interrupt and answers", async () => {
    plugin.child.kill("SIGINT");
    await expect(plugin.provider.getMetadata({})).resolves.toMatchObject({ diagnostics: [] });
  });

  it("ends what runs when terraform asks it to stop", async () => {
    // An engine that never answers: without the stop the create would wait for ever.
    const fake = await startFakeEngine(() => undefined);
    await plugin.provider.configureProvider({ config: { msgpack: encodeObject({ host: fake.host }, PROVIDER_SCHEMA) } });
    const creating = createNetwork(plugin, { ipam_driver: "default" });
    await new Promise((done) => setTimeout(done, 200));
    await plugin.provider.stopProvider({});
    const { diagnostics } = await creating;
    expect(diagnostics).toMatchObject([
      { summary: "Stopped", detail: "terraform asked the provider to stop before it could create docker_network; run the command again" },
    ]);
    await fake.close();
  });

  it("fails with a diagnostic when a resource falls over", async () => {
    const fake = await startFakeEngine((_request, _body, response) => response.end("null"));
    await plugin.provider.configureProvider({ config: { msgpack: encodeObject({ host: fake.host }, PROVIDER_SCHEMA) } });
    const { diagnostics, newState } = await createNetwork(plugin, {});
    expect(diagnostics).toMatchObject([
      {
        summary: "Fault in the provider",
        detail: `it could not create docker_network, got "Cannot read properties of null (reading 'find')"; this is a bug, TF_LOG=debug shows where`,
      },
    ]);
    expect(Buffer.from(newState?.msgpack ?? []).toString("hex")).toBe("c0");
    await fake.close();
  });

  it("fails on a type that it does not have", async () => {
    const { diagnostics } = await plugin.provider.validateResourceConfig({ typeName: "docker_nothing" });
    expect(diagnostics).toMatchObject([
      { summary: "Unknown resource", detail: "type must be a resource of this provider, got docker_nothing" },
    ]);
  });

  it("lets nobody in without the caller's certificate", async () => {
    const { connect: connectTls } = await import("node:tls");
    const refused = new Promise((done) => {
      const socket = connectTls({ path: plugin.socketPath, rejectUnauthorized: false, ALPNProtocols: ["h2"] });
      socket.once("error", done).once("close", done);
      socket.resume();
    });
    await expect(refused).resolves.toBeDefined();
    const plain = new Promise((done) => connect(plugin.socketPath).once("error", done).once("close", done).end("GET / HTTP/1.1\r\n\r\n"));
    await expect(plain).resolves.toBeDefined();
  });
});

it("fails with a sentence when it is not started by terraform", async () => {
  const child = run({ TF_PLUGIN_MAGIC_COOKIE: "" });
  let output = "";
  child.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((done) => child.once("close", done));
  expect(code).toBe(1);
  expect(output).toBe(
    "docker-tiers 0.1.0: this is a Terraform provider, run by terraform itself; run `terraform plan` in a directory that uses it\n",
  );
});

it("ends when terraform is gone without a word", async () => {
  // The shell in between is the parent; it is gone before the provider would end of itself.
  const script = `"${process.execPath}" "${bundle}" & read line`;
  const shell = spawn("sh", ["-c", script], { env: { ...process.env, TF_PLUGIN_MAGIC_COOKIE: COOKIE, PLUGIN_CLIENT_CERT: caller.pem } });
  let output = "";
  shell.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  await until(() => output.includes("|grpc|"));
  const directoryOfSocket = dirname(output.split("|")[3] ?? "/");
  expect(existsSync(directoryOfSocket)).toBe(true);
  shell.kill("SIGKILL");
  // The last thing that it does: its process id may stay for a while where nobody asks for its exit code.
  await until(() => !existsSync(directoryOfSocket));
}, 20_000);

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((done) => setTimeout(done, 50));
}

function createNetwork(plugin: Plugin, values: Record<string, string>): ReturnType<Client<typeof Provider>["applyResourceChange"]> {
  const schema = RESOURCES["docker_network"]?.schema ?? { version: 0, attributes: {} };
  const msgpack = encodeObject({ name: "n", ...values }, schema);
  return plugin.provider.applyResourceChange({ typeName: "docker_network", plannedState: { msgpack }, config: { msgpack } });
}
