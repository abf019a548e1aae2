import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { type Figure, ratioOfFastest } from "./figure";
import { inTurn, timeOf } from "./timing";

const RUNS = 20;
const PROVIDER = "dist/provider/terraform-provider-docker";

/** As terraform starts it: the cookie, the versions, and a certificate, so that the provider makes one of its own. */
const environment = {
  ...process.env,
  TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
  PLUGIN_PROTOCOL_VERSIONS: "5,6",
  PLUGIN_CLIENT_CERT: readFileSync("bench/fixtures/client-certificate.pem", "utf8"),
};

/** Milliseconds from spawn to the line that tells terraform where to connect. */
async function handshake(): Promise<number> {
  const began = performance.now();
  const child = spawn(PROVIDER, [], { env: environment, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const line = new Promise<string>((resolve) => child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString())));
  const failed = ended.then(() => Promise.reject(new Error(`${PROVIDER} must print a handshake, but it ended`)));
  const first = await Promise.race([line, failed]);
  const milliseconds = performance.now() - began;
  failed.catch(() => undefined);
  child.kill("SIGTERM");
  await ended;
  if (!first.startsWith("1|6|unix|")) throw new Error(`${PROVIDER} must print a handshake, got ${first}`);
  return milliseconds;
}

export async function handshakeFigure(): Promise<Figure> {
  process.stdout.write("provider start to handshake ");
  const [provider, bare] = await inTurn(handshake, () => timeOf({ file: "node", args: ["-e", "0"] }), RUNS);
  return ratioOfFastest("provider start to handshake : node -e 0", provider, bare, 1.9);
}
