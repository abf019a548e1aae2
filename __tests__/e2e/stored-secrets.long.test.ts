import { randomBytes } from "node:crypto";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Docker, type ContainerFacts } from "./docker";
import { collect, findings } from "./evidence";
import { plainText } from "./project";
import { ProcessWatch } from "./process-watch";
import { StoredProject } from "./stored-project";

const STACK = "e2e-stored";
const COUNT = 20;

const docker = new Docker();
const stored = new StoredProject(STACK);
const { project } = stored;
const watch = new ProcessWatch();
// Characters that JSON encoders escape: a leak in escaped form would hide from a plain search.
const random = (): string => `planted<&>/${randomBytes(12).toString("hex")}`;
const planted: Record<string, string> = Object.fromEntries(Array.from({ length: COUNT }, (_, index) => [`planted-${index}`, random()]));
let printed = "";

beforeAll(async () => {
  await docker.purge(STACK);
  watch.start();
  stored.become("ada");
  printed += await stored.secrets(["init", STACK]);
  const lines = await Promise.all(Object.entries(planted).map(([name, value]) => stored.secrets(["set", name], value)));
  printed += lines.join("");
  stored.mount(Object.keys(planted));
  printed += await project.deploy(STACK);
  watch.stop();
});

afterAll(async () => {
  await docker.purge(STACK);
  stored.remove();
});

const shop = (): Promise<ContainerFacts> => docker.container(STACK, `${STACK}-shop`);
const inside = ({ Id }: ContainerFacts, user: string, script: string): Promise<string> =>
  docker.run(["exec", "--user", user, Id, "sh", "-c", script]);
/** Names and ids of what runs. */
const running = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await docker.containers(STACK)).filter(({ State }) => State.Running).map(({ Id, Name }) => [Name, Id]));
const secretVolumes = async (): Promise<string[]> => (await docker.volumes(STACK)).filter((name) => name.includes("-secret-"));

describe("stored secrets", () => {
  it("are in their consumers as files, all of them as they were set", async () => {
    const [service, web] = [await shop(), await docker.container(STACK, `${STACK}-web`)];
    const all = Object.keys(planted).map((name) => `/run/secrets/${name}/value`);
    const read = await inside(service, "1000:1000", `for file in ${all.join(" ")}; do cat $file; echo; done`);
    expect(read.split("\n")).toEqual(Object.values(planted));
    expect(await inside(web, "101:101", "cat /run/secrets/planted-0/value")).toBe(planted["planted-0"]);
  });

  it("are readable by their consumer alone, and writable by nobody", async () => {
    const service = await shop();
    const file = "/run/secrets/planted-3/value";
    const read = `cat ${file} >/dev/null 2>&1 && echo read || echo refused`;
    expect(await Promise.all(["1000:1000", "999:999", "101:1000"].map((user) => inside(service, user, read)))).toEqual([
      "read",
      "refused",
      "refused",
    ]);
    expect(await inside(service, "1000:1000", `(echo x > ${file}) 2>/dev/null && echo written || echo refused`)).toBe("refused");
    expect(await inside(service, "1000:1000", `ls -ln ${file} | cut -c 1-10`)).toBe("-r--------");
  });

  it("are in no file, no plan, no state, no label, no log, no image and no process, where the same scan finds what was left on purpose", async () => {
    expect(watch.samples).toBeGreaterThan(20);
    const left = random();
    const labels = ["--label", `docker-tiers.stack=${STACK}`, "--label", `note=${left}`];
    const container = await docker.run(["create", ...labels, "-e", `NOTE=${left}`, (await shop()).Image]);
    const note = join(stored.folder, "note.txt");
    writeFileSync(note, Buffer.from(`value: ${left}`).toString("base64"));
    const evidence = await collect({ docker, project, stack: STACK, watch, printed: `${printed}${left}` });
    rmSync(note);
    await docker.run(["rm", container]);
    expect(evidence.map(({ place }) => place)).toEqual(
      expect.arrayContaining([`project: secrets/${STACK}/planted-0.age`, "state", "plan"]),
    );
    expect(findings(planted, evidence)).toEqual([]);
    const places = findings({ left }, evidence).map((find) => find.replace(/ \(.*/, ""));
    expect(new Set(places)).toEqual(
      new Set(
        ["project: secrets/e2e-stored/note.txt", "output of the deploy", "docker inspect", "labels", "environment"].map(
          (place) => `left in ${place}`,
        ),
      ),
    );
  });

  it("are read by the age program, which takes the same keys and the same list of readers", async () => {
    expect(await stored.age("planted-5", "ada")).toBe(planted["planted-5"]);
    expect(await stored.ageRoundTrip("from age", "ada")).toBe("from age");
  });
});

describe("a new value", () => {
  beforeAll(async () => {
    for (const name of ["planted-0", "planted-1"]) {
      const value = random();
      planted[name] = value;
      await stored.secrets(["set", name], value);
    }
  });

  it("fails the deploy of who has no key, before a consumer is replaced or removed", async () => {
    const before = await running();
    stored.become("nobody");
    const { code, stderr } = await stored.apply();
    stored.become("ada");
    expect(code).toBe(1);
    expect(plainText(stderr)).toContain("IDENTITY_MISSING: a private key must be at");
    expect(await running()).toEqual(before);
  });

  it("replaces its consumers, and no one else; what held the old value is gone", async () => {
    const [before, volumes] = [await running(), await secretVolumes()];
    expect(await stored.apply()).toMatchObject({ code: 0 });
    const after = await running();
    const stayed = Object.keys(before).filter((name) => after[name] === before[name]);
    expect(stayed).toEqual([expect.stringMatching(/^\/e2e-stored-other-1-/)]);
    const [service, web] = [await shop(), await docker.container(STACK, `${STACK}-web`)];
    expect(await inside(service, "1000:1000", "cat /run/secrets/planted-1/value")).toBe(planted["planted-1"]);
    expect(await inside(web, "101:101", "cat /run/secrets/planted-0/value")).toBe(planted["planted-0"]);
    const now = await secretVolumes();
    expect(now).toHaveLength(COUNT + 1);
    expect(now.filter((name) => !volumes.includes(name)).length).toBeLessThanOrEqual(3);
    expect((await docker.containers(STACK)).filter(({ Name }) => Name.endsWith("-push"))).toEqual([]);
  });
});

describe("a new member", () => {
  it("reads everything once it was encrypted again, and nothing would restart", async () => {
    stored.become("eve");
    const key = /age1\w+/.exec((await stored.secrets(["init", STACK])).split("\n").at(-2) ?? "")?.[0] ?? "none";
    stored.become("ada");
    expect(await stored.secrets(["rotate", "--add", key])).toBe(`${STACK}: ${COUNT} secrets encrypted for 2 readers; nothing restarts\n`);
    stored.become("eve");
    expect(await stored.secrets(["get", "planted-1"])).toBe(planted["planted-1"]);
    expect(await project.planned(STACK)).toEqual({});
  });
});

describe("a secret that is removed", () => {
  it("fails every plan as long as it is mounted", async () => {
    await stored.secrets(["rm", "planted-2", "--force"]);
    await project.synth();
    const { code, stderr } = await project.run("terraform", ["plan", "-input=false", "-no-color"], { cwd: project.stackDirectory(STACK) });
    expect(code).toBe(1);
    expect(plainText(stderr)).toContain(
      `SECRET_MISSING: secret "planted-2" of ${STACK} must be in the store, got no readable secrets/${STACK}/planted-2.age; run: npx tiers secrets set planted-2 ${STACK}`,
    );
  });

  it("goes from the host with the next deploy that does not mount it; a volume that somebody removed is filled again", async () => {
    stored.mount(["planted-0", "planted-1"]);
    const { Id, Mounts } = await shop();
    const lost = Mounts.find(({ Destination }) => Destination === "/run/secrets/planted-1")?.Name ?? "none";
    await docker.run(["rm", "-f", Id]);
    await docker.run(["volume", "rm", lost]);
    expect(await stored.apply()).toMatchObject({ code: 0 });
    expect(await inside(await shop(), "1000:1000", "cat /run/secrets/planted-1/value")).toBe(planted["planted-1"]);
    expect(await secretVolumes()).toHaveLength(3);
    expect(await inside(await shop(), "1000:1000", "ls /run/secrets")).toBe("planted-0\nplanted-1");
    await expect(stored.secrets(["rm", "planted-1"])).rejects.toThrow(`SECRET_IN_USE: planted-1 must not be mounted, got ${STACK}/Shop;`);
    await stored.secrets(["rm", "planted-3"]);
  });

  it("takes no key when everything is destroyed, and leaves nothing on the host", async () => {
    stored.become("nobody");
    await project.terraform(STACK, "destroy", "-input=false", "-auto-approve");
    expect(await docker.containers(STACK)).toEqual([]);
    expect(await docker.volumes(STACK)).toEqual([]);
    expect(readdirSync(stored.folder).filter((file) => !/^(planted-\d+\.age|recipients\.txt)$/.test(file))).toEqual([]);
  });
});
