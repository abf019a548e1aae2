import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HostLock } from "./host-lock";
import { REPOSITORY } from "./project";

const directory = mkdtempSync(join(tmpdir(), "e2e-lock-"));
const file = join(directory, "lock");
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const HOLDER = `const { HostLock } = require("./__tests__/e2e/host-lock.ts");
new HostLock(process.argv[1]).take().then(() => { console.log("taken"); setInterval(() => undefined, 1000); });`;

describe("a lock of the host", () => {
  it("is waited for, with a message that names the holder, and taken when it is released", async () => {
    const [first, second] = [new HostLock(file), new HostLock(file)];
    const events: string[] = [];
    await first.take();
    const taken = second.take((message) => {
      events.push(message);
      void first.release().then(() => events.push("released"));
    });
    await taken;
    expect(events[0]).toBe(`waiting for ${file}: held by process ${process.pid} in ${process.cwd()}`);
    await second.release();
  });

  it("is free when its holder was killed", async () => {
    const holder = spawn(process.execPath, ["-r", "ts-node/register/transpile-only", "-e", HOLDER, file], {
      cwd: REPOSITORY,
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(holder.stdout, "data");
    const messages: string[] = [];
    const lock = new HostLock(file);
    await lock.take((message) => {
      messages.push(message);
      holder.kill("SIGKILL");
    });
    expect(messages).toEqual([`waiting for ${file}: held by process ${holder.pid} in ${REPOSITORY}`]);
    await lock.release();
  });
});
