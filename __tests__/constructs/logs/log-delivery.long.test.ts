import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LogDelivery, LogDriver } from "../../../constructs";
import { PrivateEngine } from "../../e2e/private-engine";
import { buildProbeImages } from "../../provider/probe-image";
import { until } from "../../provider/until";
import { LineCounter } from "./line-counter";

jest.setTimeout(180_000);

/** Ten times what the buffers on the way hold, so that a writer that waits cannot come to its end. */
const LINES = 200_000;
const WRITE = `i=0; while [ $i -lt 200 ]; do yes 'a line of the shop that is some fifty bytes in length' | head -n 1000; i=$((i+1)); echo $i >/tmp/i; done; exec sleep 600`;

// Engines have come to a standstill over receivers that stall: this one is nobody else's.
const engine = new PrivateEngine();
const directory = mkdtempSync(join(tmpdir(), "log-delivery-"));
const path = join(directory, "syslog.sock");
let receiver: LineCounter;

beforeAll(async () => {
  receiver = await LineCounter.at(path);
  await engine.start();
  await buildProbeImages(engine.host);
});

afterAll(async () => {
  receiver.open();
  await engine.docker.run(["rm", "-f", "waits", "goes-on"]).catch(() => undefined);
  await engine.remove();
  await receiver.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Starts a container that writes many lines; its name is the tag. */
async function write(name: string, delivery: LogDelivery): Promise<void> {
  const log = LogDriver.syslog({ address: `unix://${path}`, tag: "{{.Name}}", delivery, hostCopy: "none" });
  const options = Object.entries(log.options).flatMap(([key, value]) => ["--log-opt", `${key}=${value}`]);
  const words = ["--detach", "--name", name, "--network", "none", "--log-driver", log.name, ...options, "probe:1"];
  await engine.docker.run(["run", ...words, "sh", "-c", WRITE]);
}

/** Thousands of lines that a container has written. */
const written = async (name: string): Promise<number> => Number(await engine.docker.run(["exec", name, "cat", "/tmp/i"]).catch(() => "0"));

const allWritten = (name: string): Promise<true> =>
  until(`all lines of ${name}`, 90, async () => ((await written(name)) === LINES / 1000 ? true : undefined));

/** What a container has written once nothing has been added for a while. */
async function standsAt(name: string): Promise<number> {
  const seen: number[] = [];
  return until(`a standstill of ${name}`, 60, async () => {
    seen.unshift(await written(name));
    const [last = 0] = seen;
    return seen.length > 20 && seen.slice(0, 20).every((each) => each === last) ? last : undefined;
  });
}

/** Asks for the end of a container. @returns once its process has ended, which is when the engine closes its log */
async function beginRemoval(name: string): Promise<{ readonly end: Promise<unknown> }> {
  const pid = await engine.docker.run(["inspect", "--format", "{{.State.Pid}}", name]);
  const end = engine.docker.run(["rm", "-f", name]);
  await until("the end of the process", 30, () => Promise.resolve(existsSync(`/proc/${pid}`) ? undefined : true));
  return { end };
}

describe("a receiver that reads nothing for a while", () => {
  it("lets a container wait with blocking delivery, and none of its lines is lost; with the other it goes on, loses some, and is removed when lines are read again", async () => {
    await write("waits", LogDelivery.blocking());
    await write("goes-on", LogDelivery.nonBlocking({ bufferMiB: 1 }));
    await allWritten("goes-on");
    expect(await standsAt("waits")).toBeLessThan(LINES / 1000);
    const removal = await beginRemoval("goes-on");
    receiver.open();
    await removal.end;
    await allWritten("waits");
    await until("the last line", 60, () => Promise.resolve(receiver.lines("waits") >= LINES ? true : undefined));
    expect(receiver.lines("waits")).toBe(LINES);
    expect(receiver.lines("goes-on")).toBeGreaterThan(0);
    expect(receiver.lines("goes-on")).toBeLessThan(LINES);
  });
});
