import { randomBytes } from "node:crypto";
import { Docker } from "./docker";
import { collect, findings, type Scene } from "./evidence";
import { guestbookProject, NODE_IMAGE, siteAt } from "./guestbook-project";
import { ProcessWatch } from "./process-watch";

const STACK = "e2e-hidden";
const PORT = 18_081;
/** Ways in which a value gets into a text. */
const WRITTEN: Readonly<Record<string, (value: string) => string>> = {
  plain: (value) => value,
  base64: (value) => Buffer.from(`value: ${value}`).toString("base64"),
  json: (value) => JSON.stringify(value).replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`),
};
/** Stand here in these ways, so that the scan of the repository has something to find. */
const WRITTEN_DOWN = {
  plain: "written-down-on-purpose<&>/7f3a9c",
  base64: Buffer.from("dmFsdWU6IHdyaXR0ZW4taW4tYmFzZTY0PCY+L2M4MWU2Zg==", "base64").toString().slice("value: ".length),
  json: JSON.parse(String.raw`"written-as-json\u003c\u0026\u003e/52d0b1"`) as string,
};

const docker = new Docker();
const project = guestbookProject(STACK);
const site = siteAt(PORT);
const watch = new ProcessWatch();
// Characters that JSON encoders escape: a leak in escaped form would hide from a plain search.
const planted = `planted<&>/${randomBytes(12).toString("hex")}`;
let scene: Scene;
let secrets: Record<string, string>;

beforeAll(async () => {
  await docker.purge(STACK);
  project.settings(STACK, { WEB_PORT: PORT });
  await plant("Database", "password");
  watch.start();
  const printed = await project.deploy(STACK);
  await site.ready(60);
  watch.stop();
  scene = { docker, project, stack: STACK, watch, printed };
  secrets = await readSecrets();
});

afterAll(async () => {
  watch.stop();
  await docker.purge(STACK);
  project.remove();
});

/** Makes the volume of a secret before the first deploy, with a value of ours: the deploy has to take both over. */
async function plant(owner: string, file: string): Promise<void> {
  const volume = `${STACK}-${owner.toLowerCase()}-secret`;
  const identity = { stack: STACK, path: `${STACK}/${owner}/Secret/Volume`, keep: "true" };
  const labels = Object.entries(identity).flatMap(([name, value]) => ["--label", `docker-tiers.${name}=${value}`]);
  await docker.run(["volume", "create", ...labels, volume]);
  const script = `umask 0377; cat > /v/${file}; chown 999:999 /v/${file}`;
  await docker.run(["run", "-i", "--rm", ...asRoot(volume), "--entrypoint", "sh", NODE_IMAGE, "-c", script], { input: planted });
}

/** What lies in the volumes of all secrets, by volume and file. */
async function readSecrets(): Promise<Record<string, string>> {
  const volumes = (await docker.volumes(STACK)).filter((name) => /-secret(-|$)/.test(name));
  const script = 'for file in /v/*; do printf "%s\\n%s\\n" "${file##*/}" "$(cat "$file")"; done';
  const values: Record<string, string> = {};
  for (const volume of volumes) {
    const lines = await docker.lines("run", "--rm", ...asRoot(volume), "--entrypoint", "sh", NODE_IMAGE, "-c", script);
    for (let index = 0; index < lines.length; index += 2) values[`${volume}/${lines[index] ?? ""}`] = lines[index + 1] ?? "";
  }
  return values;
}

function asRoot(volume: string): string[] {
  return ["--network", "none", "--user", "0:0", "-v", `${volume}:/v`];
}

describe("generated secrets", () => {
  it("are made on the host, one copy for each reader, and the planted one was taken over", () => {
    const database = Object.entries(secrets).filter(([place]) => place.startsWith(`${STACK}-database-secret`));
    expect(database.filter(([place]) => place.endsWith("/password")).map(([, value]) => value)).toEqual([planted, planted]);
    const cache = Object.entries(secrets).filter(([place]) => place.startsWith(`${STACK}-cache-secret`));
    expect(new Set(cache.map(([, value]) => value)).size).toBe(1);
    expect(cache).toHaveLength(2);
    for (const [, value] of Object.entries(secrets)) expect(value.length).toBeGreaterThanOrEqual(32);
  });

  it("are readable by their reader alone", async () => {
    const shop = await docker.container(STACK, "guestbook-1");
    const file = "/run/secrets/database/password";
    const as = (user: string): Promise<string> =>
      docker.run(["exec", "--user", user, shop.Id, "sh", "-c", `cat ${file} >/dev/null 2>&1 && echo read || echo refused`]);
    expect(await Promise.all([as("1000:1000"), as("999:999"), as("101:101")])).toEqual(["read", "refused", "refused"]);
    const write = `printf x > ${file} && echo written || echo refused`;
    expect(await docker.run(["exec", "--user", "1000:1000", shop.Id, "sh", "-c", write])).toBe("refused");
  });

  it("are in no file, no plan, no state, no label, no log, no image and no process", async () => {
    expect(watch.samples).toBeGreaterThan(100);
    expect(findings(secrets, await collect(scene))).toEqual([]);
  });
});

describe("the same scan", () => {
  it("finds what was put on purpose into each place, as it is, in base64 and as JSON", async () => {
    const left: Record<string, string> = {};
    for (const how of Object.keys(WRITTEN)) left[how] = `left-lying-about<&>/${randomBytes(12).toString("hex")}`;
    const text = Object.entries(WRITTEN).map(([how, write]) => write(left[how] ?? ""));
    project.variable("E2E_REVISION", text.join(" "));
    const leak = await leakingContainer(text.join(" "));
    const printed = await project.deploy(STACK);
    const evidence = await collect({ ...scene, printed });
    await docker.run(["rm", "-f", leak.container]);
    await docker.run(["rmi", "-f", leak.image]);
    const found = findings(left, evidence).map((find) => find.replace(/ \([^(]*\)$/, ""));
    const places = ["cdk.tf.json", "plan", "state", "docker inspect", "labels", "environment", "process list", "environment of processes"];
    const all = [...places, `logs of ${STACK}-leak`, `history of ${leak.imageId}`];
    expect(all.flatMap((place) => Object.keys(left).map((how) => `${how} in ${place}`)).filter((find) => !found.includes(find))).toEqual(
      [],
    );
    const inRepository = findings(WRITTEN_DOWN, evidence).filter((find) => find.includes(" in repository: "));
    expect(inRepository).toEqual(
      expect.arrayContaining(
        ["base64 in FILE (base64+1)", "json in FILE (goJson)", "plain in FILE (plain)"].map((find) =>
          find.replace("FILE", "repository: __tests__/e2e/secrets.test.ts"),
        ),
      ),
    );
  });
});

/** A container of the stack that does everything wrong. */
async function leakingContainer(value: string): Promise<{ container: string; image: string; imageId: string }> {
  const image = "localhost/docker-tiers-e2e/leak:1";
  const shout = ["--entrypoint", "sh", NODE_IMAGE, "-c", `echo '${value}'; while sleep 60; do :; done`];
  const first = await docker.run(["create", ...shout]);
  await docker.run(["commit", first, image]);
  await docker.run(["rm", first]);
  const labels = ["--label", `docker-tiers.stack=${STACK}`, "--label", `password=${value}`];
  const container = await docker.run(["run", "-d", "--network", "none", "--name", `${STACK}-leak`, ...labels, image]);
  return { container, image, imageId: await docker.run(["image", "inspect", "--format", "{{.Id}}", image]) };
}
