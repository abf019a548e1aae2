import { NODE_IMAGE } from "./guestbook-project";
import { Ledger } from "./ledger";
import { poll } from "./poll";
import { SharedStack } from "./shared-stack";

const KILLS = 3;
const ROWS_BEFORE_EACH = 1000;

let shared: SharedStack;
beforeAll(async () => {
  shared = await SharedStack.deployed();
});

/** Kills every process of the database's container as the host's out-of-memory killer would: no signal handler runs. */
async function killDatabase(): Promise<void> {
  const { Id, State } = await shared.docker.container(shared.stack, "e2e-database");
  const [, ...processes] = await shared.docker.lines("top", Id, "-eo", "pid,comm");
  const servers = processes.map((line) => line.trim().split(/\s+/)).filter(([, command]) => command === "mysqld");
  expect(servers).toHaveLength(1);
  for (const [pid] of servers) process.kill(Number(pid), "SIGKILL");
  await poll("the killed database is gone", 20, async () => {
    const [now] = await shared.docker.inspect<{ State: { Pid: number } }>("container", [Id]);
    return now?.State.Pid === State.Pid ? undefined : true;
  });
}

describe("a database that is killed under inserts", () => {
  it("loses no acknowledged row", async () => {
    const ledger = new Ledger(shared.docker, await shared.docker.container(shared.stack, "guestbook-1"), NODE_IMAGE);
    ledger.start();
    for (let kill = 0; kill < KILLS; kill++) {
      const goal = ledger.acknowledged.length + ROWS_BEFORE_EACH;
      await poll(`${goal} rows are acknowledged`, 60, () => Promise.resolve(ledger.acknowledged.length >= goal || undefined));
      const failed = ledger.failed;
      await killDatabase();
      await poll("the clients notice", 20, () => Promise.resolve(ledger.failed > failed || undefined));
    }
    const goal = ledger.acknowledged.length + ROWS_BEFORE_EACH;
    await poll("inserts go on", 60, () => Promise.resolve(ledger.acknowledged.length >= goal || undefined));
    await ledger.stop();
    const stored = await ledger.stored();
    expect(ledger.acknowledged.filter((token) => !stored.has(token))).toEqual([]);
    expect(ledger.acknowledged.length).toBeGreaterThanOrEqual((KILLS + 1) * ROWS_BEFORE_EACH);
  });

  it("leaves the guestbook working and the plan empty", async () => {
    await shared.site.ready(60);
    await shared.site.sign("Ada", "after the kills");
    expect(await shared.planned()).toEqual({});
  });
});

describe("a stack that is destroyed and deployed again", () => {
  it("still has its old rows, and accepts new ones", async () => {
    const { name, message } = await shared.site.sign("Kept", "written before the destroy");
    const printed = await shared.project.destroy(shared.stack);
    expect(await shared.docker.containers(shared.stack)).toEqual([]);
    expect(await shared.docker.networks(shared.stack)).toEqual([]);
    expect(printed).toContain("e2e-database-data");
    await shared.deploy();
    await shared.site.ready(60);
    expect(await shared.site.entries()).toContainEqual(expect.objectContaining({ name, message }));
    await shared.site.sign("Kept", "written after the second deploy");
  });
});
