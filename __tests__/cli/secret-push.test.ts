import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { extract, type Header } from "tar-stream";
import { pushSecret, readySecret, type PushOptions } from "../../cli/commands/secret-push";
import { getSecret, setSecret } from "../../cli/commands/secret-values";
import { parseHeader } from "../../store/secret-header";
import { inStore, person, piped, type Scene } from "./secrets-scene";

interface Written {
  readonly header: Pick<Header, "name" | "mode" | "uid" | "gid" | "size">;
  readonly content: string;
}

/** Just enough of an engine to take a secret: what it was asked, and the files that it was given. */
class FakeEngine {
  readonly requests: string[] = [];
  readonly bodies: string[] = [];
  readonly files: Written[] = [];
  /** Labels of a container that has the name already. */
  existing: Record<string, string> | undefined;
  archiveStatus = 200;
  private readonly server: Server;

  constructor(readonly socket: string) {
    this.server = createServer((request, response) => {
      void this.answer(request).then(([status, body]) => {
        response.writeHead(status, { "Api-Version": "1.41" }).end(JSON.stringify(body));
      });
    });
  }

  async during(use: () => Promise<void>): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.socket, resolve));
    try {
      await use();
    } finally {
      this.server.close();
      this.server.closeAllConnections();
    }
  }

  private async answer(request: IncomingMessage): Promise<[number, unknown]> {
    const url = (request.url ?? "").replace(/^\/v1\.\d+/, "");
    this.requests.push(`${request.method ?? ""} ${url}`);
    if (url.includes("/archive")) {
      this.files.push(...(await untar(request)));
      return [this.archiveStatus, { message: "no space left" }];
    }
    this.bodies.push(await text(request));
    if (url.startsWith("/containers/create")) return [201, { Id: "made" }];
    if (request.method !== "GET" || url === "/_ping") return [200, {}];
    return this.existing === undefined ? [404, { message: "none" }] : [200, { Config: { Labels: this.existing } }];
  }
}

async function untar(archive: Readable): Promise<Written[]> {
  const files: Written[] = [];
  const entries = archive.pipe(extract());
  for await (const entry of entries) {
    const { name, mode, uid, gid, size } = entry.header;
    files.push({ header: { name, mode, uid, gid, size }, content: await text(entry) });
  }
  return files;
}

const versionOf = ({ folder }: Scene): string =>
  parseHeader(readFileSync(join(folder, "secrets/dev/token.age"), "utf8"))?.version ?? "none";

const options = (scene: Scene, engine: FakeEngine): PushOptions => ({
  environment: "dev",
  directory: scene.ports.directory,
  versionId: versionOf(scene),
  volume: "dev-shop-secret-token-1234abcd",
  image: "sha256:image",
  owner: "1000:1001",
  mode: "0440",
  project: "shop",
  stack: "dev",
  path: "dev/Shop/Secret-token/Push",
  host: `unix://${engine.socket}`,
});

const inEngine = (use: (scene: Scene, engine: FakeEngine) => Promise<void>): Promise<void> =>
  inStore({ token: "hunter2" }, async (scene) => {
    const engine = new FakeEngine(join(scene.folder, "docker.sock"));
    await engine.during(() => use(scene, engine));
  });

describe("the delivery of a secret", () => {
  it("writes one file through a container that never starts and does not stay", () =>
    inEngine(async (scene, engine) => {
      await pushSecret(scene.ports.env, "token", options(scene, engine));
      expect(engine.files).toEqual([{ header: { name: "value", mode: 0o440, uid: 1000, gid: 1001, size: 7 }, content: "hunter2" }]);
      expect(engine.requests).toEqual([
        "GET /_ping",
        "GET /containers/dev-shop-secret-token-1234abcd-push/json",
        "POST /containers/create?name=dev-shop-secret-token-1234abcd-push",
        "PUT /containers/made/archive?path=%2Fsecret",
        "DELETE /containers/made?force=true&v=true",
      ]);
      expect(engine.bodies.join("")).not.toContain("hunter2");
    }));

  it("goes through ssh where the host is reached by it", () =>
    inEngine(async (scene, engine) => {
      const program = `#!${process.execPath}
const socket = require("node:net").connect(${JSON.stringify(engine.socket)});
require("node:fs").appendFileSync(${JSON.stringify(join(scene.folder, "ssh.log"))}, process.argv.slice(2).join(" "));
process.stdin.pipe(socket).pipe(process.stdout);
`;
      writeFileSync(join(scene.folder, "ssh"), program, { mode: 0o755 });
      const { PATH } = process.env;
      process.env["PATH"] = `${scene.folder}:${PATH ?? ""}`;
      try {
        const remote = { host: "ssh://deploy@shop.example", sshOption: ["-o", "StrictHostKeyChecking=yes"] };
        await pushSecret(scene.ports.env, "token", { ...options(scene, engine), ...remote });
      } finally {
        process.env["PATH"] = PATH;
      }
      expect(engine.files.map(({ content }) => content)).toEqual(["hunter2"]);
      const log = readFileSync(join(scene.folder, "ssh.log"), "utf8");
      expect(log).toContain("-o StrictHostKeyChecking=yes");
      expect(log).toContain("-- deploy@shop.example docker system dial-stdio");
      expect(log).not.toContain("hunter2");
    }));

  it("takes away what a killed run has left, and fails for a container of somebody else", () =>
    inEngine(async (scene, engine) => {
      const place = { "docker-tiers.stack": "dev", "docker-tiers.path": "dev/Shop/Secret-token/Push" };
      engine.existing = place;
      await pushSecret(scene.ports.env, "token", options(scene, engine));
      expect(engine.requests).toContain("DELETE /containers/dev-shop-secret-token-1234abcd-push?force=true&v=true");
      engine.existing = { ...place, "docker-tiers.project": "guestbook" };
      const name = "dev-shop-secret-token-1234abcd-push";
      await expect(pushSecret(scene.ports.env, "token", options(scene, engine))).rejects.toHaveProperty(
        "message",
        `NAME_TAKEN: no other container must be called ${name}, got one; remove it: docker rm -f ${name}`,
      );
    }));

  it("leaves no container behind when it fails", () =>
    inEngine(async (scene, engine) => {
      engine.archiveStatus = 500;
      await expect(pushSecret(scene.ports.env, "token", options(scene, engine))).rejects.toThrow("no space left");
      expect(engine.requests.at(-1)).toBe("DELETE /containers/made?force=true&v=true");
    }));

  it("fails before it asks the engine: without a key, and for another version than was planned", () =>
    inEngine(async (scene, engine) => {
      await expect(pushSecret(person(scene.folder, "nobody"), "token", options(scene, engine))).rejects.toThrow("IDENTITY_MISSING");
      await expect(pushSecret(scene.ports.env, "token", { ...options(scene, engine), versionId: "0".repeat(32) })).rejects.toHaveProperty(
        "message",
        "SECRET_CHANGED: token of dev must be as it was planned, got another version; deploy again: npx cdktf deploy dev",
      );
      expect(engine.requests).toEqual([]);
    }));

  it("fails for names that no synthesised stack has", () =>
    inEngine(async (scene, engine) => {
      await expect(pushSecret(scene.ports.env, "../token", options(scene, engine))).rejects.toHaveProperty(
        "message",
        "SECRET_NAME: secret and environment must be as a synthesised stack names them, got something else",
      );
    }));
});

describe("the gate before a consumer is removed", () => {
  const ready = (scene: Scene, key: string, versionId: string): Promise<void> =>
    readySecret(person(scene.folder, key), "token", { environment: "dev", directory: scene.ports.directory, versionId });

  it("opens without a key for the deployed version, and for a secret that is gone", () =>
    inStore({ token: "x" }, async (scene) => {
      await ready(scene, "nobody", versionOf(scene));
      await readySecret(scene.ports.env, "gone", { environment: "dev", directory: scene.ports.directory, versionId: "1" });
      expect(scene.lines).toEqual([]);
    }));

  it("opens for a new version with a key, and fails without one or when the file is broken", () =>
    inStore({ token: "x" }, async (scene) => {
      const deployed = versionOf(scene);
      await setSecret(scene.as({ input: piped("y") }), "token", "dev");
      await ready(scene, "ada", deployed);
      await expect(ready(scene, "nobody", deployed)).rejects.toThrow("IDENTITY_MISSING");
      writeFileSync(join(scene.folder, "secrets/dev/token.age"), "broken");
      await expect(ready(scene, "ada", deployed)).rejects.toThrow("SECRET_FORMAT");
    }));
});

describe("the hidden prompt at a real terminal", () => {
  it("shows nothing of what is typed", () =>
    inStore({}, async ({ folder, ports, revealed }) => {
      const repository = join(__dirname, "../..");
      const program = `import { setSecret } from ${JSON.stringify(join(repository, "cli/commands/secret-values"))};
import { systemPorts } from ${JSON.stringify(join(repository, "cli/commands/secrets-ports"))};
void setSecret(systemPorts({ line: (text) => console.log(text) }), "token", "dev");`;
      writeFileSync(join(folder, "set.ts"), program);
      const command = `node -r ${JSON.stringify(join(repository, "node_modules/ts-node/register/transpile-only"))} set.ts`;
      const child = spawn("script", ["-qec", command, "/dev/null"], {
        cwd: folder,
        env: { ...process.env, ...ports.env, TS_NODE_PROJECT: join(repository, "tsconfig.json"), JEST_WORKER_ID: undefined },
      });
      let shown = "";
      child.stdout.on("data", (chunk: Buffer) => {
        shown += chunk.toString();
        if (chunk.includes("token of dev: ")) child.stdin.write("hunter2\r");
      });
      const code = await new Promise((resolve) => child.on("close", resolve));
      expect([code, shown.replaceAll("\r", "")]).toEqual([
        0,
        "token of dev: \ndev: token is set, for 1 reader; next: npx cdktf deploy dev\n",
      ]);
      await getSecret(ports, "token", "dev", false);
      expect(Buffer.concat(revealed).toString()).toBe("hunter2");
    }));
});
