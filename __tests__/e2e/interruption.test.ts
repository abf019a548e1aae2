import { readdirSync, readlinkSync } from "node:fs";
import { killGroup } from "./command";
import { Docker } from "./docker";
import { guestbookProject, siteAt } from "./guestbook-project";
import { poll } from "./poll";

const STACK = "e2e-killed";
const PORT = 18_082;

const docker = new Docker();
const project = guestbookProject(STACK);

beforeAll(async () => {
  await docker.purge(STACK);
  project.settings(STACK, { WEB_PORT: PORT });
});

afterAll(async () => {
  await docker.purge(STACK);
  project.remove();
});

/** The processes that work in the stack's directory: terraform, and the provider that it started. */
function workers(command: string): number[] {
  const directory = project.stackDirectory(STACK);
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && link(`/proc/${name}/cwd`) === directory && link(`/proc/${name}/exe`).includes(command))
    .map(Number);
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

/** Starts a deploy and kills terraform as soon as a container of such a name is there; the work is not done then. */
async function expectKilledAt(container: RegExp): Promise<void> {
  let leader = 0;
  const deploy = project.run("npx", ["cdktf", "deploy", STACK, "--auto-approve"], { onStart: (pid) => (leader = pid) });
  await poll(`a container like ${String(container)} is made`, 90, async () => {
    const names = await docker.lines("ps", "-a", "--filter", `label=docker-tiers.stack=${STACK}`, "--format", "{{.Names}}");
    return names.some((name) => container.test(name)) || undefined;
  });
  const terraform = workers("terraform");
  expect(terraform.length).toBeGreaterThan(0);
  for (const pid of terraform) process.kill(pid, "SIGKILL");
  await deploy;
  killGroup(leader);
  await poll("the provider ends by itself", 30, () => Promise.resolve(workers("node").length === 0 || undefined));
  expect(await project.planned(STACK)).toMatchObject({ "docker_container.Guestbook_Replica1": "create" });
}

describe("a deploy whose terraform is killed", () => {
  it.each([/-secret-/, /^e2e-killed-database$/])("can be killed at %s", async (container) => {
    await expectKilledAt(container);
  });

  it("converges when it is run again, and makes nothing twice", async () => {
    await project.deploy(STACK);
    const site = siteAt(PORT);
    await site.ready(60);
    expect(await project.planned(STACK)).toEqual({});
    const containers = await docker.containers(STACK);
    const paths = containers.map(({ Config }) => Config.Labels["docker-tiers.path"]);
    expect(paths).toEqual([...new Set(paths)]);
    expect(paths).toEqual(expect.arrayContaining([`${STACK}/Database/Resource`, `${STACK}/Web/Resource`]));
    for (const kind of ["network", "volume"]) {
      const filter = ["--filter", `label=docker-tiers.stack=${STACK}`, "--format", '{{.Label "docker-tiers.path"}}'];
      const found = await docker.lines(kind, "ls", ...filter);
      expect(found).toEqual([...new Set(found)]);
    }
    await site.sign("Ada", "after the interruption");
  });
});
