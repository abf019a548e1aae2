import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ProgressMessage } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import type { OperationContext } from "../resource";
import { text, type ObjectValue } from "../value";
import { buildContext } from "./build-context";
import { buildCredentials } from "./build-credentials";
import { buildxArguments } from "./buildx-options";
import { clientEnvironment } from "./client-environment";

type Client = ChildProcessByStdio<Writable, null, Readable>;

/**
 * Builds with BuildKit, by `docker buildx`, in our engine or in the builder that is named; the engine has the image afterwards.
 * The client is given our connection to the engine, our files and our logins, and needs none of its own.
 *
 * @throws Error with what the client says last
 */
export async function* buildxMessages(context: OperationContext, name: string, build: ObjectValue): AsyncGenerator<ProgressMessage> {
  const files = text(build["remote_context"]) ? undefined : await buildContext(build);
  const logins = await buildCredentials(context, build);
  const tunnel = await context.engine.tunnel();
  try {
    const environment = await clientEnvironment(tunnel.address, logins);
    try {
      const { signal } = context;
      const options = { env: environment.variables, signal };
      yield* conversation(spawn("docker", buildxArguments(name, build), { ...options, stdio: ["pipe", "ignore", "pipe"] }), files);
    } finally {
      environment.remove();
    }
  } finally {
    tunnel.close();
  }
}

async function* conversation(client: Client, files: Readable | undefined): AsyncGenerator<ProgressMessage> {
  // Heard at once: a client that is stopped, or that cannot be started, says so while its output is still read.
  const ended = once(client, "close").then(
    ([code]) => ({ code: code as number | null }),
    (fault: unknown) => ({ fault }),
  );
  const sent = send(files, client);
  let fault = "";
  for await (const line of createInterface({ input: client.stderr })) {
    fault = /^ERROR: (.*)/.exec(line)?.[1] ?? fault;
    yield { stream: line };
  }
  const end = await ended;
  const unsent = await sent;
  if (unsent !== undefined) throw unsent;
  if ("fault" in end) throw end.fault;
  const { code } = end;
  if (code !== 0) throw new Error(fault || `docker buildx build ended with exit code ${String(code)}`);
}

/** @returns what is wrong with the files. That a client ends before it has them all says nothing: its own words do. */
async function send(files: Readable | undefined, client: Client): Promise<DiagnosticError | undefined> {
  if (files === undefined) {
    client.stdin.end();
    return undefined;
  }
  try {
    await pipeline(files, client.stdin);
    return undefined;
  } catch (error) {
    return error instanceof DiagnosticError ? error : undefined;
  }
}
