import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer, type ServerOptions } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a fake engine answers to a request other than `/_ping`. */
export type Answer = (request: IncomingMessage, body: string, response: ServerResponse) => void;

/** A server that speaks as much of the Engine API as a test says. */
export interface FakeEngine {
  readonly host: string;
  readonly socketPath: string;
  /** `METHOD path` of all requests, pings included. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** Starts a fake engine on a socket of its own, or with TLS on a loopback port. */
export async function startFakeEngine(answer: Answer, options: { apiVersion?: string; tls?: ServerOptions } = {}): Promise<FakeEngine> {
  const requests: string[] = [];
  const directory = mkdtempSync(join(tmpdir(), "fake-engine-"));
  const socketPath = join(directory, "engine.sock");
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    requests.push(`${request.method ?? ""} ${request.url ?? ""}`);
    if (request.url === "/_ping") {
      response.setHeader("Api-Version", options.apiVersion ?? "1.41").end("OK");
      return;
    }
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => answer(request, body, response));
  };
  const server = options.tls ? createSecureServer(options.tls, handle) : createServer(handle);
  // As an engine does, it leaves the end of a connection to the client.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => (options.tls ? server.listen(0, "127.0.0.1", resolve) : server.listen(socketPath, resolve)));
  const close = async (): Promise<void> => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    rmSync(directory, { recursive: true, force: true });
  };
  return { host: options.tls ? `tcp://localhost:${portOf(server)}` : `unix://${socketPath}`, socketPath, requests, close };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Answers with JSON. */
export function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
}
