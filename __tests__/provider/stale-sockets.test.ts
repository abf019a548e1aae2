import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeStaleSockets } from "../../provider/plugin/stale-sockets";

const PREFIX = "docker-tiers-provider-";
const LONG_AGO = new Date(Date.now() - 60_000);
/** Ends without a word, as a provider that is killed does. */
const KILLED = 'require("net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))';

let parent: string;
let server: Server | undefined;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "stale-sockets-"));
});
afterEach(() => {
  server?.close();
  server = undefined;
  rmSync(parent, { recursive: true });
});

function directory(name: string): string {
  const path = join(parent, PREFIX + name);
  mkdirSync(path);
  return path;
}

function killed(name: string, since = LONG_AGO): string {
  const path = directory(name);
  expect(() => execFileSync(process.execPath, ["-e", KILLED, join(path, "plugin.sock")])).toThrow("SIGKILL");
  utimesSync(path, since, since);
  return path;
}

const remove = (): Promise<void> => removeStaleSockets(parent, PREFIX, "plugin.sock");

describe("the socket of a provider", () => {
  it("is removed where a kill has left it", async () => {
    const path = killed("a");
    await remove();
    expect(existsSync(path)).toBe(false);
  });

  it("stays while a provider answers, while one may be starting, and where there is none", async () => {
    const live = directory("live");
    server = createServer();
    await new Promise<void>((done) => server?.listen(join(live, "plugin.sock"), done));
    utimesSync(live, LONG_AGO, LONG_AGO);
    const [fresh, other] = [killed("fresh", new Date()), directory("other")];
    writeFileSync(join(other, "file"), "");
    utimesSync(other, LONG_AGO, LONG_AGO);
    await remove();
    expect([live, fresh, other].map((path) => existsSync(path))).toEqual([true, true, true]);
  });

  it("is no reason to fail", async () => {
    await expect(removeStaleSockets(join(parent, "absent"), PREFIX, "plugin.sock")).resolves.toBeUndefined();
  });
});
