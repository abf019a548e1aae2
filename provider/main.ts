import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { stderrLog, type Log } from "./log";
import { forEachClient } from "./plugin/clients";
import { handshakeLine, NOT_A_COMMAND, reattachVariable, startedByTerraform } from "./plugin/handshake";
import { followParent, startLifecycle, type Lifecycle } from "./plugin/lifecycle";
import { keepYoungGenerationSmall } from "./plugin/young-generation";
import { listen, type PluginServer, type RequestHandler } from "./plugin/server";

const LAST_ANSWERS_MS = 500;

/** Printed instead of a handshake: the provider serves each terraform that has the variable. */
const REATTACH = "--reattach";
/** With it the provider that serves ends when its standard input does, which is when who started it is gone, however that ended. */
const FOLLOW_INPUT = "--follow-input";

async function main(): Promise<void> {
  const reattach = process.argv.includes(REATTACH);
  if (!reattach && !startedByTerraform(process.env)) {
    process.stderr.write(NOT_A_COMMAND);
    process.exit(1);
  }
  guardProcess();
  const lifecycle = startLifecycle();
  const service = deferredService(lifecycle, reattach);
  const server = await listen(service.handler, reattach ? undefined : process.env["PLUGIN_CLIENT_CERT"]);
  process.stdout.write(
    reattach ? `${reattachVariable(server.socketPath, process.pid)}\n` : handshakeLine(server.socketPath, server.certificate),
  );
  // Loaded while Terraform connects: the handshake is what it waits for.
  service.load();
  if (reattach) endWhenTold(server, lifecycle);
  else followParent(lifecycle);
  await lifecycle.ended;
  endProcess(server);
}

function deferredService(lifecycle: Lifecycle, reattach: boolean): { handler: RequestHandler; load: () => void } {
  let load: () => void = () => undefined;
  // Nobody reads the log of a provider that somebody else's command serves.
  const log: Log = process.argv.includes(FOLLOW_INPUT) ? () => undefined : stderrLog();
  const loaded = new Promise<RequestHandler>((resolve, reject) => {
    load = (): void =>
      void import("./plugin/service.js").then(({ serve }) => {
        keepYoungGenerationSmall();
        resolve(reattach ? forEachClient((client) => serve(client, log)) : serve(lifecycle, log));
      }, reject);
  });
  const handler = (request: Http2ServerRequest, response: Http2ServerResponse): void =>
    void loaded.then((handle) => handle(request, response));
  return { handler, load };
}

function guardProcess(): void {
  // Standard output belongs to the handshake alone.
  console.log = console.error;
  // Who started us may be gone before it has read it.
  process.stdout.on("error", () => undefined);
  // Terraform gets the same Ctrl-C and asks us to stop; ending here would orphan what is being made.
  process.on("SIGINT", () => undefined);
  process.on("uncaughtException", (error) => {
    process.stderr.write(`panic: ${error.stack ?? error.message}\n`);
    process.exit(2);
  });
}

/** Terraform may be at work yet when who started us is gone: it is served to its end. */
function endWhenTold(server: PluginServer, lifecycle: Lifecycle): void {
  const end = (): void => void server.unused().then(() => lifecycle.end());
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.once(signal, end);
  if (process.argv.includes(FOLLOW_INPUT))
    process.stdin
      .once("close", end)
      .on("error", () => undefined)
      .resume();
}

function endProcess(server: PluginServer): void {
  // The answer to Shutdown is still on its way.
  void server.close().then(() => process.exit(0));
  setTimeout(() => process.exit(0), LAST_ANSWERS_MS);
}

void main();
