import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Docker } from "./docker";
import { guestbookProject, siteAt } from "./guestbook-project";
import { Load } from "./load";

jest.setTimeout(400_000);

const STACK = "e2e-changing";
const PORT = 18_096;
const NAME = "smtp-password";

const docker = new Docker();
const site = siteAt(PORT);
const load = new Load(site, 2);
const project = guestbookProject(STACK);
const keys = mkdtempSync(join(tmpdir(), "docker-tiers-keys-"));

beforeAll(async () => {
  await docker.purge(STACK);
  project.settings(STACK, { WEB_PORT: PORT, WEB_REPLICAS: 2, APP_MEMORY_MIB: 128 });
  project.variable("DOCKER_TIERS_IDENTITY", join(keys, "identity.txt"));
  await project.synth();
  await project.buildImages(STACK);
  await project.deploy(STACK);
  await site.ready(120);
  load.start();
});

afterAll(async () => {
  await load.stop();
  await docker.purge(STACK);
  project.remove();
  rmSync(keys, { recursive: true, force: true });
});

/** The words of docs/secrets.md. */
async function tiers(words: string, input = ""): Promise<string> {
  const { code, stdout, stderr } = await project.run("npx", ["tiers", ...words.split(" ")], { input });
  if (code !== 0) throw new Error(`npx tiers ${words} exited with ${code}: ${stderr}`);
  return stdout;
}

/** Ids of what runs, by name: the guestbook's replicas, and what is beside them. */
async function running(): Promise<{ readonly replicas: string[]; readonly others: Readonly<Record<string, string>> }> {
  const all = (await docker.containers(STACK)).filter(({ State }) => State.Running);
  const isReplica = (name: string): boolean => name.startsWith(`/${STACK}-guestbook-`);
  return {
    replicas: all.filter(({ Name }) => isReplica(Name)).map(({ Id }) => Id),
    others: Object.fromEntries(all.filter(({ Name }) => !isReplica(Name)).map(({ Id, Name }) => [Name, Id])),
  };
}

const read = (id: string): Promise<string> => docker.run(["exec", "--user", "1000:1000", id, "sh", "-c", 'cat "$SMTP_PASSWORD_FILE"']);

/** Deploys, and expects that the replicas alone are others. @returns the new ones */
async function deployed(): Promise<string[]> {
  const before = await running();
  await project.deploy(STACK);
  const after = await running();
  expect(after.others).toEqual(before.others);
  expect(after.replicas).toHaveLength(2);
  expect(after.replicas.filter((id) => before.replicas.includes(id))).toEqual([]);
  return after.replicas;
}

describe("a stored secret of the guestbook, while visitors read and sign", () => {
  it("is set, deployed, changed and removed by the words of the page; its consumer alone is replaced, and no visitor notices", async () => {
    await tiers(`secrets init ${STACK}`);
    await tiers(`secrets set ${NAME} ${STACK}`, "the first");
    project.variable("E2E_SECRET", NAME);
    const first = await deployed();
    expect(await Promise.all(first.map(read))).toEqual(["the first", "the first"]);

    await tiers(`secrets set ${NAME} ${STACK}`, "the second");
    const second = await deployed();
    expect(await Promise.all(second.map(read))).toEqual(["the second", "the second"]);

    project.variable("E2E_SECRET", undefined);
    await deployed();
    expect((await docker.volumes(STACK)).filter((name) => name.includes(NAME))).toEqual([]);
    await tiers(`secrets rm ${NAME} ${STACK}`);
    expect(await tiers("secrets list")).not.toContain(NAME);

    const { answered, failed } = await load.stop();
    expect(failed).toEqual([]);
    expect(answered).toBeGreaterThan(100);
  });
});
