import { join } from "node:path";
import { PrivateEngine } from "../e2e/private-engine";
import type { Authority } from "./certificates";

/** The address of the engine, on its own loopback. */
export const HOST = "tcp://127.0.0.1:2376";

/** An engine that takes only clients with certificates of this authority. */
export async function startTlsEngine(authority: Authority): Promise<PrivateEngine> {
  const at = await authority.issue("server", "server");
  const files = ["ca", "cert", "key"].map((name) => `--tls${name === "ca" ? "cacert" : name}=${join(at, `${name}.pem`)}`);
  const engine = new PrivateEngine(["-H", HOST, "--tlsverify", ...files]);
  await engine.start();
  return engine;
}
