import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import { buildProbeImages } from "../provider/probe-image";
import { TerraformProject } from "../provider/terraform";
import { testEngine } from "../provider/test-engine";
import { ApplyProcess } from "./apply-process";
import { countObjects, processesIn, shop, socketsIn } from "./objects";

jest.setTimeout(3_600_000);

const STACK = "dtf-kill";
const CONTAINERS = 3;
const KILLS = 30;
/** At least so many kills have to meet a creation, else the moments were badly chosen. */
const LEAST_DURING_CREATE = 10;
const ALL = { containers: CONTAINERS, networks: 1, volumes: 1 };
const NONE = { containers: 0, networks: 0, volumes: 0 };

const engine = testEngine();
const before = process.env["TMPDIR"];
const temporary = mkdtempSync(join(tmpdir(), "faults-"));
const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);

let project: TerraformProject;

beforeAll(async () => {
  await buildProbeImages();
  // What is left behind is found by it: sockets in it, processes with it.
  process.env["TMPDIR"] = temporary;
  project = await TerraformProject.running(shop(STACK, CONTAINERS));
});

afterAll(async () => {
  await project.close();
  if (before === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = before;
  rmSync(temporary, { recursive: true, force: true });
  await engine.close();
});

/** Milliseconds of an apply from nothing, which is destroyed again. */
async function lengthOfApply(): Promise<number> {
  const began = Date.now();
  expect(await new ApplyProcess(project.directory).ended).toBe(0);
  const length = Date.now() - began;
  await mustDestroy();
  return length;
}

async function mustDestroy(): Promise<void> {
  expect(await project.destroy()).toMatchObject({ exitCode: 0 });
  expect(await countObjects(engine, STACK)).toEqual(NONE);
}

/** Kills an apply after a time; returns what it was creating. */
async function killedAfter(milliseconds: number): Promise<readonly string[]> {
  const apply = new ApplyProcess(project.directory);
  await Promise.race([delay(milliseconds), apply.ended]);
  const { creating } = apply;
  apply.signal("SIGKILL");
  await apply.ended;
  return creating;
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let attempt = 0; !holds(); attempt += 1) {
    if (attempt > 300) throw new Error(`${what} must hold within 30 s, got nothing of the kind`);
    await delay(100);
  }
}

it(`converges after each of ${KILLS} kills of terraform and provider, seed ${seed}`, async () => {
  const length = await lengthOfApply();
  // One in each part of the apply's length, anywhere in it.
  const shares = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { seed, numRuns: KILLS });
  const reattached = processesIn(temporary);
  let duringCreate = 0;
  for (const [index, share] of shares.entries()) {
    if ((await killedAfter(((index + share) / KILLS) * length)).length > 0) duringCreate += 1;
    expect(await project.apply()).toMatchObject({ exitCode: 0 });
    expect(await project.check()).toMatchObject({ exitCode: 0 });
    expect(await countObjects(engine, STACK)).toEqual(ALL);
    await mustDestroy();
  }
  process.stderr.write(`seed ${seed}: ${KILLS} kills over ${length} ms, ${duringCreate} of them during a create\n`);
  expect(duringCreate).toBeGreaterThanOrEqual(LEAST_DURING_CREATE);
  await until("no process but the running provider", () => processesIn(temporary).every((pid) => reattached.includes(pid)));
  // A start of the provider removes what those before it left, once that is some seconds old.
  await delay(6_000);
  expect(await new ApplyProcess(project.directory).ended).toBe(0);
  await until("no socket but the running provider's", () => socketsIn(temporary).length === 1);
  await mustDestroy();
});
