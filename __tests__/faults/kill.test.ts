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
  // What is left behind is found by it: sockets in it, processes with it. The provider that runs on between the kills has another.
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

interface Lengths {
  /** Milliseconds from the start of an apply to its end. */
  readonly apply: number;
  /** Milliseconds from the first creation to the end. */
  readonly create: number;
}

/** Measures an apply from nothing, which is destroyed again. */
async function measure(): Promise<Lengths> {
  const began = Date.now();
  const apply = new ApplyProcess(project.directory);
  await apply.begun();
  const creating = Date.now();
  expect(await apply.ended).toBe(0);
  const ended = Date.now();
  await mustDestroy();
  return { apply: ended - began, create: ended - creating };
}

async function mustDestroy(): Promise<void> {
  expect(await project.destroy()).toMatchObject({ exitCode: 0 });
  expect(await countObjects(engine, STACK)).toEqual(NONE);
}

/** Kills an apply at a share of its length, or of the time in which it creates; returns what it was creating. */
async function killedAt(share: number, phase: keyof Lengths, lengths: Lengths): Promise<readonly string[]> {
  const apply = new ApplyProcess(project.directory);
  if (phase === "create") await apply.begun();
  await Promise.race([delay(share * lengths[phase], undefined, { ref: false }), apply.ended]);
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
  // The first warms up.
  await measure();
  const lengths = await measure();
  // Half of them over the whole apply, half over its creations; one in each part of the length, anywhere in it.
  const offsets = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { seed, numRuns: KILLS });
  const left = new Set<string>();
  let duringCreate = 0;
  for (const [index, offset] of offsets.entries()) {
    const phase = index % 2 === 0 ? "apply" : "create";
    if ((await killedAt((index + offset) / KILLS, phase, lengths)).length > 0) duringCreate += 1;
    for (const socket of socketsIn(temporary)) left.add(socket);
    expect(await project.apply()).toMatchObject({ exitCode: 0 });
    expect(await project.check()).toMatchObject({ exitCode: 0 });
    expect(await countObjects(engine, STACK)).toEqual(ALL);
    await mustDestroy();
  }
  process.stderr.write(
    `seed ${seed}: ${KILLS} kills over ${lengths.apply} ms, of which ${lengths.create} ms creating; ${duringCreate} of them during a create; ${left.size} left a socket\n`,
  );
  expect(duringCreate).toBeGreaterThanOrEqual(LEAST_DURING_CREATE);
  await until("no process is left", () => processesIn(temporary).length === 0);
  expect(left.size).toBeGreaterThan(0);
  // A start of the provider removes what those before it left, once that is some seconds old.
  await delay(6_000);
  expect(await new ApplyProcess(project.directory).ended).toBe(0);
  await until("no socket is left", () => socketsIn(temporary).length === 0);
  await mustDestroy();
});
