import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Engine } from "../../engine";
import type { Tunnel } from "../../engine/tunnel";
import { buildxMessages } from "../../provider/resources/buildx";
import { operationContext, type RecordingContext } from "./operation-context";

const before = process.env["PATH"] ?? "";

let folder: string;
/** How often a way to the engine was opened and closed. */
let ways: { opened: number; closed: number };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "docker-tiers-buildx-"));
  ways = { opened: 0, closed: 0 };
  for (const name of ["bin", "ctx"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "ctx/Dockerfile"), "FROM registry.example/base:1\n");
  process.env["PATH"] = `${join(folder, "bin")}${delimiter}${before}`;
});
afterEach(() => {
  process.env["PATH"] = before;
  rmSync(folder, { recursive: true });
});

/** A docker client that does what a script says. */
const client = (script: string): void => writeFileSync(join(folder, "bin/docker"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });

/** Lines of a build. */
async function* lines(context: RecordingContext): AsyncGenerator<string> {
  for await (const { stream = "" } of buildxMessages(context, "shop:1", { context: join(folder, "ctx") })) yield stream;
}

/** An engine that notes who opens a way to it. */
function context(signal?: AbortSignal): RecordingContext {
  const tunnel = (): Promise<Tunnel> => {
    ways.opened++;
    const close = (): void => {
      ways.closed++;
    };
    return Promise.resolve({ address: "unix:///engine.sock", close });
  };
  const engine = Object.assign(new Engine({ host: "ssh://deploy@web-1" }), { tunnel });
  return operationContext(engine, signal === undefined ? {} : { signal });
}

async function outputOf(build: AsyncGenerator<string>): Promise<string[]> {
  const output: string[] = [];
  for await (const line of build) output.push(line);
  return output;
}

describe("docker buildx", () => {
  it("is told where the engine is, and leaves nothing behind", async () => {
    client('cat >/dev/null; echo "$DOCKER_HOST" >&2');
    expect(await outputOf(lines(context()))).toEqual(["unix:///engine.sock"]);
    expect(ways).toEqual({ opened: 1, closed: 1 });
  });

  it("is stopped with the apply, which fails then, and leaves nothing behind", async () => {
    client('echo "#1 running" >&2; exec sleep 60');
    const stop = new AbortController();
    const build = lines(context(stop.signal));
    expect(await build.next()).toEqual({ done: false, value: "#1 running" });
    stop.abort();
    await expect(outputOf(build)).rejects.toMatchObject({ name: "AbortError" });
    expect(ways).toEqual({ opened: 1, closed: 1 });
  });

  it("fails with what the client says, and for one that is not there, and leaves nothing behind", async () => {
    client('cat >/dev/null; echo "ERROR: no such stage" >&2; exit 1');
    await expect(outputOf(lines(context()))).rejects.toThrow("no such stage");
    process.env["PATH"] = join(folder, "ctx");
    await expect(outputOf(lines(context()))).rejects.toThrow("spawn docker ENOENT");
    expect(ways).toEqual({ opened: 2, closed: 2 });
  });

  it("fails for logins that cannot be had before anything is made for it", async () => {
    client("exit 0");
    const refusing = { ...context(), registryAuth: () => Promise.reject(new Error("no login")) };
    await expect(outputOf(lines(refusing))).rejects.toThrow("no login");
    expect(ways).toEqual({ opened: 0, closed: 0 });
  });
});
