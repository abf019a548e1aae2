import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import type { TerraformStack } from "cdktf";
import { BridgeNetwork, ContainerImage, LogDriver, Service, setStackDefaults, Health } from "../../constructs";
import { Container } from "../../constructs/container";
import { KeptVolume } from "../../constructs/storage/kept-volume";
import { objectName } from "../../constructs/naming";
import { Workload } from "../../constructs/workload";
import { synth } from "../constructs/synth";
import { buildProbeImages } from "./probe-image";
import { TerraformProject } from "./terraform";
import { HOST, testEngine } from "./test-engine";

jest.setTimeout(300_000);

/** Two projects call their stack so. */
const STACK = "identity-dev";
const ROW = "echo $PROJECT >> /data/rows; exec sleep 600";

const engine = testEngine();
const image = (): ContainerImage => ContainerImage.fromRegistry("probe:1");
const health = Health.command(["true"], { intervalSeconds: 1 });

/** A network, a rolled service, and one container with kept data that each start writes a row to. Nothing waits for what may be refused. */
function declare(stack: TerraformStack, project: string): void {
  setStackDefaults(stack, { log: LogDriver.jsonFile(), project });
  new BridgeNetwork(stack, "Edge");
  new Service(stack, "Shop", { image: image(), memoryMiB: 16, health });
  const data = new KeptVolume(stack, "Data");
  const settings = { image: image(), lifetime: "service", memoryMiB: 16, user: { uid: 0, gid: 0 }, health } as const;
  const server = new Workload(stack, { ...settings, environment: { PROJECT: project }, command: ["sh", "-c", ROW] });
  server.mount({ type: "volume", target: "/data", readOnly: false, source: data.volumeName, reference: () => data.volumeName });
  new Container(stack, "Server", objectName(stack, "server"), () => server.spec());
}

/** The stack of a project as Terraform gets it, but for the block that the tests' own header has. */
function terraformOf(project: string): string {
  const { resource } = synth((stack) => declare(stack, project), { stack: STACK });
  return JSON.stringify({ provider: { docker: [{ host: HOST }] }, resource });
}

/** The same as it was before there were projects. */
function withoutProject(text: string): string {
  return text.replace(/\{"label":"docker-tiers\.project","value":"[^"]*"\},?/g, "");
}

async function inClones(
  texts: readonly [string, string],
  use: (one: TerraformProject, other: TerraformProject) => Promise<void>,
): Promise<void> {
  const [one, other] = [await TerraformProject.running(""), await TerraformProject.running("")];
  try {
    declareIn(one, texts[0]);
    declareIn(other, texts[1]);
    await use(one, other);
  } finally {
    await one.close();
    await other.close();
    await purge();
  }
}

function declareIn({ directory }: TerraformProject, text: string): void {
  writeFileSync(join(directory, "stack.tf.json"), text);
}

interface Labelled {
  readonly Id?: string;
  readonly Name?: string;
}

const FILTERS = { label: [`docker-tiers.stack=${STACK}`] };

/** What is on the engine of either project. */
async function objects(): Promise<{ containers: string[]; networks: string[]; volumes: string[] }> {
  const containers = await engine.get<Labelled[]>("/containers/json", { query: { all: true, filters: FILTERS } });
  const networks = await engine.get<Labelled[]>("/networks", { query: { filters: FILTERS } });
  const { Volumes } = await engine.get<{ Volumes: Labelled[] | null }>("/volumes", { query: { filters: FILTERS } });
  const ids = (list: readonly Labelled[]): string[] => list.map(({ Id, Name }) => Id ?? Name ?? "").sort();
  return { containers: ids(containers), networks: ids(networks), volumes: ids(Volumes ?? []) };
}

async function purge(): Promise<void> {
  const { containers, networks, volumes } = await objects();
  for (const id of containers) await engine.delete(`/containers/${id}`, { query: { force: true } });
  for (const id of networks) await engine.delete(`/networks/${id}`);
  for (const id of volumes) await engine.delete(`/volumes/${id}`);
}

interface Told {
  readonly diagnostic?: { readonly summary: string; readonly detail: string };
}

/** What an apply told, errors and warnings, in the order of their text. */
async function told(project: TerraformProject): Promise<string[]> {
  const { output } = await project.run("apply", "-json", "-auto-approve", "-input=false");
  const lines = output.split("\n").filter((line) => line.startsWith("{"));
  return lines
    .map((line) => (JSON.parse(line) as Told).diagnostic)
    .flatMap((diagnostic) => (diagnostic === undefined ? [] : [`${diagnostic.summary}: ${diagnostic.detail}`]))
    .sort();
}

async function rows(): Promise<string> {
  const path = `/containers/${STACK}-server/archive`;
  const archive = await engine.stream("GET", path, { query: { path: "/data/rows" } });
  return (await buffer(archive)).subarray(512).toString("utf8").replace(/\0+$/, "");
}

interface Found {
  readonly id: string;
  readonly short: string;
  readonly since: string;
}

/** Each object of the stack by its construct's path: its id and since when it is there. */
async function found(): Promise<(path: string) => Found> {
  const { containers, networks, volumes } = await objects();
  const all = await Promise.all([
    ...containers.map((id) => engine.get<Inspected>(`/containers/${id}/json`)),
    ...networks.map((id) => engine.get<Inspected>(`/networks/${id}`)),
    ...volumes.map((id) => engine.get<Inspected>(`/volumes/${id}`)),
  ]);
  return (path) => {
    const match = all.find(({ Config, Labels }) => (Config?.Labels ?? Labels)?.["docker-tiers.path"] === `${STACK}/${path}`);
    const id = match?.Id ?? match?.Name ?? "none";
    return { id, short: match?.Id === undefined ? id : id.slice(0, 12), since: match?.Created ?? match?.CreatedAt ?? "never" };
  };
}

interface Inspected {
  readonly Id?: string;
  readonly Name: string;
  readonly Created?: string;
  readonly CreatedAt?: string;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly Config?: { readonly Labels: Readonly<Record<string, string>> };
}

beforeAll(async () => {
  await buildProbeImages();
  await purge();
});

afterAll(() => engine.close());

/** A message with the names' hashes left out. */
const plain = (text: string): string => text.replace(/(identity-dev-(?:edge|shop-1))-[0-9a-f]{8}/g, "$1-HASH");

describe("two projects with a stack of one id", () => {
  it("fails to take container, data or network of the other, and says of each whose it is", async () => {
    await inClones([terraformOf("shop"), terraformOf("guestbook")], async (shop, guestbook) => {
      await shop.mustApply();
      const [before, at] = [await objects(), await found()];
      const refusal = (kind: string, path: string, name: string): string =>
        `The ${kind} name is taken: ${kind} name must be free, got "${name}", which is held by the ${kind} ${at(path).short} of project shop, ` +
        `stack ${STACK}, ${STACK}/${path} since ${at(path).since}; names begin with the stack's id: give this stack of project guestbook another id, ` +
        "such as guestbook-identity-dev, give both one project if they are one (the setting PROJECT=shop, or project in setStackDefaults), " +
        `or take it over: \`terraform import ADDRESS ${at(path).id}\``;
      expect((await told(guestbook)).map(plain)).toEqual([
        refusal("container", "Server", `${STACK}-server`),
        refusal("container", "Shop/Replica1", `${STACK}-shop-1-HASH`),
        refusal("network", "Edge", `${STACK}-edge-HASH`),
        refusal("volume", "Data", `${STACK}-data`),
      ]);
      expect(await objects()).toEqual(before);
      expect(await rows()).toBe("shop\n");
      expect((await shop.check()).exitCode).toBe(0);
    });
  });
});

describe("two clones of one project", () => {
  const UNKNOWN = "the same construct made it, and this state did not know it, as after a deploy that was killed or one from another clone";

  it("take over from each other, and say what", async () => {
    await inClones([terraformOf("shop"), terraformOf("shop")], async (one, other) => {
      await one.mustApply();
      const at = await found();
      const held = (kind: string, path: string): string =>
        `the ${kind} ${at(path).short} of project shop, stack ${STACK}, ${STACK}/${path} since ${at(path).since}`;
      expect((await told(other)).map(plain)).toEqual([
        `Container ${STACK}-server was replaced: ${held("container", "Server")} was removed for the new one: ${UNKNOWN}`,
        `Container ${STACK}-shop-1-HASH was replaced: ${held("container", "Shop/Replica1")} was removed for the new one: ${UNKNOWN}`,
        `Kept data is used again: ${held("volume", "Data")} was kept, and its data is used again; ` +
          `for a fresh start destroy the stack and run \`docker volume rm ${STACK}-data\``,
        `Network ${STACK}-edge-HASH was taken over: ${held("network", "Edge")} is used as it is: ${UNKNOWN}`,
      ]);
      expect(await rows()).toBe("shop\nshop\n");
      expect((await other.check()).exitCode).toBe(0);
    });
  });

  it("from before there were projects: nothing is made anew for the label, and who takes over is told to make sure", async () => {
    const text = terraformOf("shop");
    await inClones([withoutProject(text), text], async (one, other) => {
      await one.mustApply();
      const at = await found();
      declareIn(one, text);
      expect((await one.check()).exitCode).toBe(0);
      declareIn(one, terraformOf("shop").replaceAll('"docker-tiers.project","value":"shop"', '"docker-tiers.project","value":"store"'));
      expect((await one.check()).exitCode).toBe(0);
      const held = (kind: string, path: string): string =>
        `the ${kind} ${at(path).short} of stack ${STACK}, ${STACK}/${path} (without a project) since ${at(path).since}`;
      const doubt = "it was made before objects told their project: make sure that it is yours";
      expect((await told(other)).map(plain)).toEqual([
        `Container ${STACK}-server was replaced: ${held("container", "Server")} was removed for the new one: ${UNKNOWN}; ${doubt}`,
        `Container ${STACK}-shop-1-HASH was replaced: ${held("container", "Shop/Replica1")} was removed for the new one: ${UNKNOWN}; ${doubt}`,
        `Network ${STACK}-edge-HASH was taken over: ${held("network", "Edge")} is used as it is: ${UNKNOWN}; ${doubt}`,
        `Volume ${STACK}-data was taken over: ${held("volume", "Data")} is used as it is: ${UNKNOWN}; ${doubt}`,
      ]);
      expect((await other.check()).exitCode).toBe(0);
    });
  });
});
