import { chmodSync, chownSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nginxConfig } from "../../constructs/web/nginx-config";
import { nginxProcess } from "../../constructs/web/nginx-process";
import type { NginxTier } from "../../constructs/web/nginx-tier";
import { nginxRecipe } from "../../images/recipes/nginx";
import { nodeRecipe } from "../../images/recipes/node";
import { output } from "../e2e/command";
import { Bench, until, type HardenedContainer } from "./hardened-container";

/** nginx's user, who reads what is mounted. */
const NGINX = 101;
const TMPFS = { "/run": "uid=101", "/tmp": "size=8m", "/var/cache/nginx": "uid=101" };

/** Says what arrived; `/slow` takes two seconds; an upgrade becomes an echo. */
const REPLICA = `const { createHash } = require("node:crypto");
const server = require("node:http").createServer(async (request, answer) => {
  let bytes = 0;
  for await (const piece of request) bytes += piece.length;
  answer.setHeader("Referrer-Policy", "no-referrer");
  answer.setHeader("Content-Type", "text/plain");
  if (request.url === "/slow") for (let i = 0; i < 20; i++) { answer.write("."); await new Promise((next) => setTimeout(next, 100)); }
  const { upgrade = "none" } = request.headers;
  answer.end(JSON.stringify({ path: request.url, bytes, upgrade, proto: request.headers["x-forwarded-proto"] }) + " ".repeat(2000));
});
server.on("upgrade", (request, socket) => {
  const accept = createHash("sha1").update(request.headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest("base64");
  socket.write("HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Accept: " + accept + "\\r\\n\\r\\n");
  socket.pipe(socket);
});
server.listen(3000);`;

/** A web tier's nginx as it runs on a host, before one replica, with a certificate in a directory of this machine. */
export class WebScene {
  readonly bench = new Bench();
  private readonly directory = mkdtempSync(join(tmpdir(), "docker-tiers-web-"));

  private constructor() {
    chmodSync(this.directory, 0o755);
    for (const name of ["certificate", "config", "site"]) mkdirSync(join(this.directory, name));
  }

  static create(): WebScene {
    return new WebScene();
  }

  /** Makes a self-signed pair that names `shop.example` and this common name; nothing is served of it yet. @returns files by name */
  async certificate(commonName: string): Promise<Record<"fullchain.pem" | "privkey.pem", string>> {
    const made = mkdtempSync(join(this.directory, "made-"));
    const files = { "fullchain.pem": join(made, "cert"), "privkey.pem": join(made, "key") };
    const subject = ["-subj", `/CN=${commonName}`, "-addext", "subjectAltName=DNS:shop.example,DNS:*.example"];
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
    await output("openssl", ["req", "-x509", ...key, ...subject, "-keyout", files["privkey.pem"], "-out", files["fullchain.pem"]]);
    return files;
  }

  /** Puts a file where nginx reads it, as a deploy hook does. */
  install(name: string, from: string): void {
    chownSync(from, NGINX, NGINX);
    chmodSync(from, 0o400);
    renameSync(from, join(this.directory, "certificate", name));
  }

  site(name: string, text: string): void {
    mkdirSync(join(this.directory, "site", name, ".."), { recursive: true });
    writeFileSync(join(this.directory, "site", name), text);
  }

  /** Starts both. @returns nginx, and its address on this machine */
  async start(tier: NginxTier): Promise<{ edge: HardenedContainer; address: string }> {
    const { files, entrypoint, command } = nginxProcess(tier.tls);
    for (const [name, text] of Object.entries({ ...files, "nginx.conf": nginxConfig(tier) }))
      writeFileSync(join(this.directory, "config", name), text);
    const network = await this.bench.network();
    await this.bench.run(await this.bench.image(nodeRecipe), { cmd: ["node", "-e", REPLICA], network, alias: "shop" });
    const mounts = { config: "/etc/docker-tiers", certificate: "/certificate", site: "/site" };
    const binds = Object.entries(mounts).map(([name, target]) => `${join(this.directory, name)}:${target}:ro`);
    const cmd = [...entrypoint, ...command];
    const edge = await this.bench.run(await this.bench.image(nginxRecipe), { tmpfs: TMPFS, cmd, network, binds });
    await until(
      () => edge.sh("wget -q -O - http://127.0.0.1:8081/healthz"),
      ({ exitCode }) => exitCode === 0,
    );
    const { NetworkSettings } = await this.bench.engine.get<{
      NetworkSettings: { Networks: Record<string, { IPAddress: string }> };
    }>(`/containers/${edge.name}/json`);
    return { edge, address: NetworkSettings.Networks[network]?.IPAddress ?? "" };
  }

  async close(): Promise<void> {
    await this.bench.close();
    rmSync(this.directory, { recursive: true });
  }
}
