import type { ServerResponse } from "node:http";
import { setImmediate } from "node:timers/promises";
import { Engine } from "../../engine";
import { startAndWait } from "../../provider/resources/container-wait";
import type { ObjectValue } from "../../provider/value";
import { json, startFakeEngine, type FakeEngine } from "../engine/fake-engine";
import { operationContext } from "./operation-context";

const ID = "0123456789abcdef";
const RECHECK = 5000;
const SECOND = 1000;

let fake: FakeEngine;
let engine: Engine;
let health = "starting";
let events: ServerResponse | undefined;
/** Told each time the container has been looked at. */
let looked: () => void = () => undefined;

const inspects = (): number => fake.requests.filter((request) => request.includes(`/containers/${ID}/json`)).length;
const nextLook = (): Promise<void> => new Promise((resolve) => (looked = resolve));
const started = (planned: ObjectValue = { wait: true, wait_timeout: 60 }): Promise<unknown> =>
  startAndWait(operationContext(engine), ID, planned, () => Promise.resolve());
/** Until the provider sleeps for so long. */
const asleep = async (sleep: number): Promise<void> => {
  const sleeps = jest.mocked(setTimeout).mock.calls;
  while (!sleeps.some(([, milliseconds]) => milliseconds === sleep)) await setImmediate();
};
const become = (status: string): void => {
  health = status;
  events?.write(`${JSON.stringify({ Type: "container", Action: `health_status: ${status}`, Actor: { ID } })}\n`);
};

beforeEach(async () => {
  // No timer of the provider's fires unless a test says so: what goes on without is woken by an event.
  jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "clearImmediate", "queueMicrotask", "performance", "hrtime"] });
  jest.spyOn(global, "setTimeout");
  health = "starting";
  fake = await startFakeEngine((request, _body, response) => {
    if (request.url?.includes("/events")) {
      events = response.writeHead(200);
      events.flushHeaders();
      return;
    }
    json(response, 200, {
      Id: ID,
      Name: "/c",
      RestartCount: 0,
      Config: {},
      State: { Running: true, Restarting: false, Health: { Status: health } },
    });
    response.once("finish", () => looked());
  });
  engine = new Engine({ host: fake.host });
});

afterEach(async () => {
  jest.restoreAllMocks();
  jest.useRealTimers();
  await engine.close();
  await fake.close();
});

describe("a container that is waited for", () => {
  it("is looked at when its engine tells of it, not by the second", async () => {
    const first = nextLook();
    const ready = started();
    await first;
    become("healthy");
    await expect(ready).resolves.toMatchObject({ State: { Health: { Status: "healthy" } } });
    expect(inspects()).toBe(2);
  });

  it("is looked at after five seconds without an event, which may be lost", async () => {
    const ready = started();
    await asleep(RECHECK);
    health = "healthy";
    await jest.advanceTimersByTimeAsync(RECHECK - 1);
    expect(inspects()).toBe(1);
    await jest.advanceTimersByTimeAsync(1);
    await expect(ready).resolves.toMatchObject({ State: { Health: { Status: "healthy" } } });
    expect(inspects()).toBe(2);
  });

  it("has timeouts.create only where it is attached", async () => {
    const waits = started({ wait: true, wait_timeout: 60, timeouts: { create: "1s" } });
    await asleep(RECHECK);
    health = "healthy";
    await jest.advanceTimersByTimeAsync(RECHECK);
    await expect(waits).resolves.toMatchObject({ State: { Health: { Status: "healthy" } } });
    const ends = started({ attach: true, timeouts: { create: "1s" } });
    const late = async (): Promise<void> => {
      await asleep(SECOND);
      await jest.advanceTimersByTimeAsync(SECOND);
    };
    const refusal = "Container c did not end in time: An attached container must end before the create timeout, got one that still runs.";
    await Promise.all([expect(ends).rejects.toThrow(refusal), late()]);
  });
});
