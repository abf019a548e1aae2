import { connect } from "node:http2";
import { createConnection } from "node:net";
import { setImmediate } from "node:timers/promises";
import { createClient, type Client } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { GRPCController, GRPCStdio, StdioData_Channel } from "../../provider/gen/plugin_pb";
import { Provider } from "../../provider/gen/provider_pb";
import { grpcHandler, served } from "../../provider/plugin/grpc";
import { listen, type PluginServer } from "../../provider/plugin/server";

const STDOUT = StdioData_Channel.STDOUT;
const MEGABYTE = 2 ** 20;

/** What the stream waits for before its first message. */
let gate: Promise<void>;
let server: PluginServer;
let sessions: Http2SessionManager;
const clientOf = <S extends Parameters<typeof createClient>[0]>(service: S): Client<S> =>
  createClient(service, createGrpcTransport({ baseUrl: "http://localhost", sessionManager: sessions }));

beforeEach(async () => {
  gate = Promise.resolve();
  const handler = grpcHandler([
    served(GRPCController, {
      shutdown: () => {
        throw new Error("not now: 100 % – later\ud83d");
      },
    }),
    served(GRPCStdio, {
      streamStdio: async function* () {
        await gate;
        yield { channel: STDOUT, data: Buffer.from("one") };
        yield { channel: STDOUT, data: Buffer.alloc(3 * MEGABYTE, "2") };
      },
    }),
  ]);
  server = await listen(handler, undefined);
  sessions = new Http2SessionManager("http://localhost", undefined, { createConnection: () => createConnection(server.socketPath) });
});

afterEach(async () => {
  sessions.abort();
  await server.close();
});

/** What comes back for these bytes, as they are. */
async function answerTo(body: Buffer): Promise<unknown> {
  const session = connect("http://localhost", { createConnection: () => createConnection(server.socketPath) });
  const stream = session.request({ ":method": "POST", ":path": "/plugin.GRPCStdio/StreamStdio", "content-type": "application/grpc" });
  stream.end(body);
  const trailers = new Promise((resolve) => stream.once("trailers", resolve));
  stream.resume();
  const answer = await trailers;
  session.destroy();
  return answer;
}

describe("gRPC, as a client of another make speaks it", () => {
  it("streams messages of any size, and ends", async () => {
    const sizes: number[] = [];
    for await (const { data } of clientOf(GRPCStdio).streamStdio({})) sizes.push(data.length);
    expect(sizes).toEqual([3, 3 * MEGABYTE]);
  });

  it("says what a call has thrown", async () => {
    await expect(clientOf(GRPCController).shutdown({})).rejects.toThrow("[internal] not now: 100 % – later\ufffd");
  });

  it("says which call is not answered", async () => {
    await expect(clientOf(Provider).getProviderSchema({})).rejects.toThrow(
      "[unimplemented] /tfplugin6.Provider/GetProviderSchema must be a call of this provider",
    );
  });

  it("goes on when a client is gone before its answer", async () => {
    let open: () => void = () => undefined;
    gate = new Promise((resolve) => (open = resolve));
    const session = connect("http://localhost", { createConnection: () => createConnection(server.socketPath) });
    const stream = session.request({ ":method": "POST", ":path": "/plugin.GRPCStdio/StreamStdio", "content-type": "application/grpc" });
    stream.once("error", () => undefined).end(Buffer.alloc(5));
    await new Promise((resolve) => stream.once("response", resolve));
    session.destroy();
    await server.unused();
    open();
    await setImmediate();
    const sizes: number[] = [];
    for await (const { data } of clientOf(GRPCStdio).streamStdio({})) sizes.push(data.length);
    expect(sizes).toEqual([3, 3 * MEGABYTE]);
  });

  it.each([
    ["nothing", Buffer.alloc(0)],
    ["a compressed message", Buffer.from([1, 0, 0, 0, 0])],
    ["a message that is cut off", Buffer.from([0, 0, 0, 0, 9, 1])],
    ["no message of the call", Buffer.from([0, 0, 0, 0, 2, 0x0a, 0xff])],
  ])("refuses %s", async (_what, body) => {
    await expect(answerTo(body)).resolves.toMatchObject({
      "grpc-status": "3",
      "grpc-message": expect.stringMatching(/^a%20request/) as string,
    });
  });
});
