import { RESOURCES } from "../../provider/resources";
import { text, type ObjectValue } from "../../provider/value";
import { idOf, ProtocolProvider, type Stored } from "./drift/protocol";
import { NETWORK_VARIANTS } from "./drift/network-table";
import { changed } from "./drift/schema-paths";
import { VOLUME_VARIANTS } from "./drift/volume-table";
import { buildProbeImages } from "./probe-image";
import { HOST, testEngine } from "./test-engine";

jest.setTimeout(120_000);

const engine = testEngine();
const NAME = "drift-import";
const TAG = `localhost/${NAME}:1`;
const SOURCE = `localhost/${NAME}-from:1`;
let provider: ProtocolProvider;

const FOUND: readonly string[] = [
  `/containers/${NAME}/json`,
  `/networks/${NAME}`,
  `/volumes/${NAME}`,
  `/images/${TAG}/json`,
  `/images/${SOURCE}/json`,
];
const clean = async (): Promise<void> => {
  for (const path of FOUND) if (await engine.find(path)) await engine.delete(path.replace(/\/json$/, ""), { query: { force: true } });
};

beforeAll(async () => {
  await buildProbeImages();
  await clean();
  provider = await ProtocolProvider.start(HOST);
});
beforeEach(() => engine.post("/images/probe:1/tag", { query: { repo: SOURCE.slice(0, -2), tag: "1" } }));
afterEach(clean);
afterAll(async () => {
  provider.stop();
  await engine.close();
});

const labels = [{ label: "tier", value: "web" }];
const upload = [
  { file: "/etc/app.conf", content: "a\n" },
  { file: "/etc/script", content_base64: "AAE=", executable: true },
];
const OBJECTS: readonly (readonly [type: string, config: ObjectValue])[] = [
  ["docker_container", { name: NAME, image: "probe:1", start: false, upload, labels, cgroupns_mode: "host", log_driver: "json-file" }],
  ["docker_network", { name: NAME, labels, internal: true, ipam_config: [{ subnet: "10.213.10.0/24" }] }],
  ["docker_network", { ...NETWORK_VARIANTS["common"], name: NAME }],
  ["docker_volume", { name: NAME, labels }],
  ["docker_volume", { ...VOLUME_VARIANTS["common"], name: NAME }],
  ["docker_tag", { source_image: SOURCE, target_image: TAG }],
];

/** What a plan after an import shows. */
async function afterImport(type: string, id: string, config: ObjectValue): Promise<object> {
  return plannedFrom(type, await provider.import(type, id), config);
}

async function plannedFrom(type: string, stored: Stored, config: ObjectValue): Promise<object> {
  const { values, replace } = await provider.plan(type, stored, config);
  return { paths: changed(stored.values, values, RESOURCES[type]?.schema ?? { attributes: {} }), replace };
}

/** All that names the object. */
async function idsOf(type: string, stored: Stored, config: ObjectValue): Promise<string[]> {
  if (type !== "docker_tag") return [...new Set([idOf(stored), NAME])];
  const { Id } = await engine.get<{ Id: string }>(`/images/${text(config["source_image"]) ?? ""}/json`);
  return [`${SOURCE},${TAG}`, `${Id},${TAG}`];
}

const EMPTY = { paths: [], replace: [] };

describe("an import", () => {
  it.each(OBJECTS)("of a %s, by whatever names it, is followed by an empty plan", async (type, config) => {
    const [first, ...others] = await idsOf(type, await provider.create(type, config), config);
    expect(await afterImport(type, first ?? "", config)).toEqual(EMPTY);
    for (const id of others) {
      const named = type === "docker_tag" ? { ...config, source_image: id.split(",")[0] ?? "" } : config;
      expect(await afterImport(type, id, named)).toEqual(EMPTY);
    }
  });

  it("of an image, by name or by id, knows it by its name", async () => {
    const { Id, RepoTags } = await engine.get<{ Id: string; RepoTags: string[] }>(`/images/${SOURCE}/json`);
    expect(await afterImport("docker_image", SOURCE, { name: SOURCE })).toEqual(EMPTY);
    for (const id of [Id, Id.slice("sha256:".length, "sha256:".length + 12)])
      expect(await afterImport("docker_image", id, { name: RepoTags[0] ?? "" })).toEqual(EMPTY);
  });

  it("of an image adopts the platform that it has, and how Terraform treats it", async () => {
    const treated = { name: SOURCE, platform: "linux/amd64", force_remove: true, timeouts: { create: "5m", update: null, delete: null } };
    expect(await afterImport("docker_image", SOURCE, treated)).toEqual(EMPTY);
    expect(await afterImport("docker_image", SOURCE, { ...treated, keep_locally: true })).toEqual(EMPTY);
    expect(await afterImport("docker_image", SOURCE, { name: SOURCE, platform: "linux/arm64" })).toMatchObject({ replace: ["platform"] });
    expect(await afterImport("docker_image", SOURCE, { name: SOURCE, keep_locally: false })).toEqual({
      paths: ["keep_locally"],
      replace: [],
    });
  });

  it.each<[string, string, ObjectValue]>([
    ["docker_image", SOURCE, { name: SOURCE, triggers: { content: "a" }, keep_locally: true }],
    ["docker_image", SOURCE, { name: SOURCE, pull_triggers: ["a"] }],
    ["docker_tag", `${SOURCE},${SOURCE}`, { source_image: SOURCE, target_image: SOURCE, tag_triggers: ["a"] }],
  ])("of a %s notes triggers by an update that touches nothing, after which a change of them is one again", async (type, id, config) => {
    const imported = await provider.import(type, id);
    const name = Object.keys(config).find((name) => name.endsWith("triggers")) ?? "";
    expect(await provider.plan(type, imported, config)).toMatchObject({ replace: [], values: { [name]: config[name] } });
    const noted = await provider.update(type, imported, config);
    expect(noted.values["id"]).toBe(imported.values["id"]);
    expect(await plannedFrom(type, noted, config)).toEqual(EMPTY);
    expect(await plannedFrom(type, noted, { ...config, [name]: name === "triggers" ? { content: "b" } : ["b"] })).toMatchObject({
      replace: [name],
    });
  });

  it("of an image leaves it on the engine, unless the configuration says otherwise", async () => {
    const config = { name: TAG };
    await engine.post(`/images/${SOURCE}/tag`, { query: { repo: TAG.slice(0, -2), tag: "1" } });
    const imported = await provider.import("docker_image", TAG);
    await provider.delete("docker_image", imported);
    expect(await engine.find(`/images/${TAG}/json`)).toBeDefined();
    const owned = await provider.update("docker_image", imported, { ...config, keep_locally: false });
    expect(await plannedFrom("docker_image", owned, config)).toEqual(EMPTY);
    await provider.delete("docker_image", owned);
    expect(await engine.find(`/images/${TAG}/json`)).toBeUndefined();
  });

  it("fails to be empty where an uploaded file is another than configured", async () => {
    const [[type, config]] = OBJECTS as readonly [(typeof OBJECTS)[number]];
    await provider.create(type, config);
    const other = { ...config, upload: [{ file: "/etc/app.conf", content: "b\n" }] };
    expect(await afterImport(type, NAME, other)).toMatchObject({ replace: ["upload"] });
    expect(await afterImport(type, NAME, { ...config, log_opts: { "max-size": "1m" } })).toMatchObject({ replace: ["log_opts"] });
  });
});
