import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MANIFEST_TYPES } from "../../provider/registry/manifest";
import { debianProgram, REGISTRY } from "./debian-program";

/** The one user of a registry that asks for a password. */
export const USER = { username: "tester", password: "open sesame" } as const;
const PASSWORD_HASH = "$2y$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW";

/** A registry on this machine. */
export interface RegistryServer {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  /** Calls its API as the user. */
  call(method: string, path: string, body?: string | Buffer, type?: string): Promise<Response>;
  close(): Promise<void>;
}

/** Starts Debian's registry on a free loopback port; it stores in a directory of its own. */
export async function startRegistry(options: { readonly password?: boolean; readonly removal?: boolean } = {}): Promise<RegistryServer> {
  const directory = mkdtempSync(join(tmpdir(), "docker-tiers-registry-"));
  const address = `127.0.0.1:${await freePort()}`;
  writeFileSync(join(directory, "htpasswd"), `${USER.username}:${PASSWORD_HASH}\n`);
  writeFileSync(join(directory, "config.yml"), configuration(address, directory, options));
  const server = spawn(debianProgram(REGISTRY), ["serve", join(directory, "config.yml")], { stdio: "ignore" });
  const ended = new Promise<void>((done) => server.once("exit", () => done()));
  const authorization = `Basic ${Buffer.from(`${USER.username}:${USER.password}`).toString("base64")}`;
  const call: RegistryServer["call"] = (method, path, body, type = "application/octet-stream") =>
    fetch(new URL(path, `http://${address}`), {
      method,
      headers: { authorization, accept: MANIFEST_TYPES.join(), "content-type": type },
      ...(body ? { body } : {}),
    });
  const close = async (): Promise<void> => {
    server.kill();
    await ended;
    rmSync(directory, { recursive: true, force: true });
  };
  await answers(() => call("GET", "/v2/"));
  return { address, call, close };
}

function configuration(
  address: string,
  directory: string,
  { password = false, removal = true }: { password?: boolean; removal?: boolean },
): string {
  const auth = password ? `auth: { htpasswd: { realm: test, path: ${directory}/htpasswd } }\n` : "";
  return `version: 0.1
log: { level: error, accesslog: { disabled: true } }
storage: { filesystem: { rootdirectory: ${directory}/storage }, delete: { enabled: ${String(removal)} } }
http: { addr: "${address}", secret: of-a-test }
${auth}`;
}

async function answers(ask: () => Promise<Response>): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await ask();
      return;
    } catch (error) {
      if (attempt > 100) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
