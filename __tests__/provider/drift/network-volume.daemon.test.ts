import { RESOURCES } from "../../../provider/resources";
import { HOST, testEngine } from "../test-engine";
import { throughAnswers } from "./answering";
import { seenIn, type DriftTable, type Variants } from "./case";
import { NETWORK, NETWORK_VARIANTS } from "./network-table";
import { ProtocolProvider } from "./protocol";
import { NETWORKS, Recreated, VOLUMES, type Kind } from "./recreated";
import { expectedOf, shown, trial } from "./trial";
import { VOLUME, VOLUME_VARIANTS } from "./volume-table";

jest.setTimeout(120_000);

const engine = testEngine();
let provider: ProtocolProvider;

const NAMES = ["/networks/drift-n", "/networks/drift-renamed", "/volumes/drift-v", "/volumes/drift-renamed"];
const clean = async (): Promise<void> => {
  for (const path of NAMES) if (await engine.find(path)) await engine.delete(path);
};

beforeAll(async () => {
  await clean();
  provider = await ProtocolProvider.start(HOST);
});
afterEach(clean);
afterAll(async () => {
  provider.stop();
  await engine.close();
});

const SUBJECTS: readonly (readonly [string, DriftTable, Variants, Kind])[] = [
  ["network", NETWORK, NETWORK_VARIANTS, NETWORKS],
  ["volume", VOLUME, VOLUME_VARIANTS, VOLUMES],
];

describe.each(SUBJECTS)("another %s", (_name, table, variants, kind) => {
  const schema = RESOURCES[table.type]?.schema ?? { version: 0, attributes: {} };
  const common = variants["common"] ?? {};

  it("plans nothing as long as it is as configured, and each attribute afterwards", async () => {
    const stored = await provider.create(table.type, common);
    const subject = await Recreated.of(engine, kind, table, stored);
    expect(await shown(provider, subject, stored, common)).toEqual({ paths: [], replace: [] });
    const { outcomes, besides } = await trial(provider, subject, "common", stored, common);
    const byPath = (list: readonly { path: string }[]) => Object.fromEntries(list.map((outcome) => [outcome.path, outcome]));
    expect(byPath(outcomes)).toEqual(byPath(seenIn(table, "common").map((entry) => expectedOf(schema, entry))));
    expect(besides).toEqual([]);
  });

  it("shows what this engine cannot make, as an engine answers that has it", async () => {
    const config = variants["answered"] ?? {};
    const stored = await provider.create(table.type, config);
    const subject = await Recreated.of(engine, kind, table, stored);
    const paths = (place: string, value: unknown) =>
      throughAnswers(engine, kind.path, [[place, value]], async (other) => (await shown(other, subject, stored, config))?.paths);
    for (const [path, { place, value }] of seenIn(table, "answered")) expect(await paths(place, value)).toEqual([path]);
    await subject.restore();
  });

  it("shows one that is gone", async () => {
    const stored = await provider.create(table.type, common);
    const subject = await Recreated.of(engine, kind, table, stored);
    await subject.restore();
    expect(await shown(provider, subject, stored, common)).toBeNull();
  });
});

it("fails to have the volumes of a swarm's drivers", () => {
  const config = { name: "drift-v", cluster: [{ scope: "multi" }] };
  expect(RESOURCES["docker_volume"]?.validate?.(config)).toMatchObject([{ summary: "Cluster volumes are not supported" }]);
  expect(RESOURCES["docker_volume"]?.validate?.({ name: "drift-v", cluster: [] })).toEqual([]);
});
