import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ObjectValue } from "../../../provider/value";
import { RESOURCES } from "../../../provider/resources";
import { buildProbeImages } from "../probe-image";
import { HOST, testEngine } from "../test-engine";
import { loadBareImage } from "./bare-image";
import type { DriftTable } from "./case";
import { IMAGE, TAG } from "./image-tables";
import { ProtocolProvider, type Stored } from "./protocol";
import { shown, type Shown, type Subject } from "./trial";

jest.setTimeout(120_000);

const NAME = "localhost/drift-image:1";
const SOURCE = "localhost/drift-from:1";
const FURTHER = "localhost/drift-further:1";
const FOREIGN = "localhost/drift-bare:1";
const engine = testEngine();
const directory = mkdtempSync(join(tmpdir(), "drift-build-"));
let provider: ProtocolProvider;

const tag = (image: string, name: string): Promise<unknown> =>
  engine.post(`/images/${image}/tag`, { query: { repo: name.slice(0, name.lastIndexOf(":")), tag: "1" } });
const untag = async (name: string): Promise<void> => {
  if (await engine.find(`/images/${name}/json`)) await engine.delete(`/images/${name}`, { query: { force: true } });
};
const plan = (table: DriftTable, stored: Stored, config: ObjectValue): Promise<Shown | null> => {
  const schema = RESOURCES[table.type]?.schema ?? { version: 0, attributes: {} };
  const subject: Subject = { table, schema, change: (known) => Promise.resolve(known), restore: () => Promise.resolve() };
  return shown(provider, subject, stored, config);
};

beforeAll(async () => {
  await buildProbeImages();
  await loadBareImage(engine, FOREIGN.slice(0, -2), "arm64");
  writeFileSync(join(directory, "Dockerfile"), "FROM probe:1\nLABEL drift=1\n");
  copyFileSync(join(directory, "Dockerfile"), join(directory, "Other"));
  writeFileSync(join(directory, ".dockerignore"), "*\n");
  provider = await ProtocolProvider.start(HOST);
});
beforeEach(async () => {
  await tag("probe:1", NAME);
  await tag("probe:1", SOURCE);
});
afterEach(() => untag(FURTHER));
afterAll(async () => {
  for (const name of [NAME, SOURCE, FURTHER, FOREIGN]) await untag(name);
  rmSync(directory, { recursive: true, force: true });
  provider.stop();
  await engine.close();
});

const UNCHANGED = { paths: [], replace: [] };
const image = { name: NAME, platform: "linux/amd64" };
const built = { name: NAME, build: [{ context: directory }] };
const named = { name: NAME, build: [{ context: directory, tag: [FURTHER] }] };
const RENAMED = { paths: ["build.tag"], replace: [] };
const further = { source_image: SOURCE, target_image: NAME };

it.each<[string, DriftTable, ObjectValue, () => Promise<unknown>, Shown | null]>([
  ["an image whose name is taken away", IMAGE, image, () => untag(NAME), null],
  ["a name for another platform", IMAGE, image, () => tag(FOREIGN, NAME), { paths: ["platform"], replace: ["platform"] }],
  ["a name for another image than was built", IMAGE, built, () => tag(FOREIGN, NAME), null],
  ["a further name of a build that is taken away", IMAGE, named, () => untag(FURTHER), RENAMED],
  ["a further name of a build for another image", IMAGE, named, () => tag(FOREIGN, FURTHER), RENAMED],
  ["a further name that is taken away", TAG, further, () => untag(NAME), null],
  ["a further name for another image", TAG, further, () => tag(FOREIGN, NAME), null],
  ["a source for another image", TAG, further, () => tag(FOREIGN, SOURCE), null],
])("shows %s", async (_what, table, config, act, expected) => {
  const stored = await provider.create(table.type, config);
  expect(await plan(table, stored, config)).toEqual(UNCHANGED);
  await act();
  expect(await plan(table, stored, config)).toEqual(expected);
});

it("does not show a further name whose source is gone, since nothing could give it again", async () => {
  const stored = await provider.create(TAG.type, further);
  await untag(SOURCE);
  expect(await plan(TAG, stored, further)).toEqual(UNCHANGED);
});

it("gives a further name of a build again, or another one, in place", async () => {
  const stored = await provider.create(IMAGE.type, named);
  const id = (await engine.get<{ Id: string }>(`/images/${NAME}/json`)).Id;
  await untag(FURTHER);
  const found = (await provider.read(IMAGE.type, stored)) ?? stored;
  expect(await plan(IMAGE, await provider.update(IMAGE.type, found, named), named)).toEqual(UNCHANGED);
  expect(await engine.get(`/images/${FURTHER}/json`)).toMatchObject({ Id: id });
  const other = { name: NAME, build: [{ context: directory, tag: [FURTHER, SOURCE] }] };
  expect(await plan(IMAGE, stored, other)).toEqual(RENAMED);
  await provider.update(IMAGE.type, stored, other);
  expect(await engine.get(`/images/${SOURCE}/json`)).toMatchObject({ Id: id });
});

describe("of an image an engine has nothing", () => {
  /** All that the engine has of the image that a configuration makes. */
  async function made(table: DriftTable, config: ObjectValue): Promise<object> {
    await provider.create(table.type, config);
    const { Metadata, ...rest } = await engine.get<{ Metadata?: object }>(`/images/${NAME}/json`);
    expect(Metadata).toBeDefined();
    return { ...rest, history: await engine.get(`/images/${NAME}/history`) };
  }

  it("of how Terraform treats it, and of triggers, unlike a label", async () => {
    const plain = await made(IMAGE, built);
    const timeouts = { create: "5m", update: "5m", delete: "5m" };
    const treated = { ...built, keep_locally: true, force_remove: true, triggers: { content: "a" }, timeouts };
    expect(await made(IMAGE, treated)).toEqual(plain);
    expect(await made(IMAGE, { name: NAME, build: [{ context: directory, labels: { drift: "2" } }] })).not.toEqual(plain);
  });

  it("of the triggers of a name", async () => {
    const plain = await made(TAG, further);
    expect(await made(TAG, { ...further, tag_triggers: ["a"] })).toEqual(plain);
  });

  it("of the inputs of its build, and of credentials, unlike a label", async () => {
    const plain = await made(IMAGE, built);
    const login = { host_name: "localhost:1", user_name: "drift", password: "drift-password" };
    const inputs = {
      dockerfile: "Other",
      extra_hosts: ["a:10.0.0.1"],
      shm_size: 1 << 26,
      remove: false,
      auth_config: [login],
    };
    const other = await made(IMAGE, { name: NAME, build: [{ context: directory, ...inputs }] });
    expect(other).toEqual(plain);
    expect(JSON.stringify(other)).not.toContain(login.password);
  });
});
