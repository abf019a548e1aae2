import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { stderrLog } from "./log";
import { handshakeLine, NOT_A_COMMAND, reattachVariable, startedByTerraform } from "./plugin/handshake";
import { followParent, startLifecycle, type Lifecycle } from "./plugin/lifecycle";
import { listen, type PluginServer, type RequestHandler } from "./plugin/server";

const LAST_ANSWERS_MS = 500;

async function main(): Promise<void> {
  const reattach = process.argv.includes("--reattach");
  if (!reattach && !startedByTerraform(process.env)) {
    process.stderr.write(NOT_A_COMMAND);
    process.exit(1);
  }
  guardProcess();
  const lifecycle = startLifecycle();
  const service = deferredService(lifecycle);
  const server = await listen(service.handler, reattach ? undefined : process.env["PLUGIN_CLIENT_CERT"]);
  process.stdout.write(
    reattach ? `${reattachVariable(server.socketPath, process.pid)}\n` : handshakeLine(server.socketPath, server.certificate),
  );
  // Loaded while Terraform connects: the handshake is what it waits for.
  service.load();
  if (!reattach) followParent(lifecycle);
  await lifecycle.ended;
  endProcess(server);
}

function deferredService(lifecycle: Lifecycle): { handler: RequestHandler; load: () => void } {
  let load: () => void = () => undefined;
  const loaded = new Promise<RequestHandler>((resolve, reject) => {
    load = (): void => void import("./plugin/service.js").then((module) => resolve(module.serve(lifecycle, stderrLog())), reject);
  });
  const handler = (request: Http2ServerRequest, response: Http2ServerResponse): void =>
    void loaded.then((handle) => handle(request, response));
  return { handler, load };
}

function guardProcess(): void {
  // Standard output belongs to the handshake alone.
  console.log = console.error;
  // Terraform gets the same Ctrl-C and asks us to stop; ending here would orphan what is being made.
  process.on("SIGINT", () => undefined);
  process.on("uncaughtException", (error) => {
    process.stderr.write(`panic: ${error.stack ?? error.message}\n`);
    process.exit(2);
  });
}

function endProcess(server: PluginServer): void {
  // The answer to Shutdown is still on its way.
  void server.close().then(() => process.exit(0));
  setTimeout(() => process.exit(0), LAST_ANSWERS_MS);
}

void main();
