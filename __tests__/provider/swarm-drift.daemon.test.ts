import { EngineError } from "../../engine";
import { RESOURCES } from "../../provider/resources";
import { SERVICE_SCHEMA } from "../../provider/resources/service-schema";
import type { Service } from "../../provider/resources/swarm-api";
import type { ObjectValue } from "../../provider/value";
import { throughAnswers } from "./drift/answering";
import { changedAt, seenIn, type DriftTable, type Seen } from "./drift/case";
import { idOf, ProtocolProvider, type Stored } from "./drift/protocol";
import { CONFIGS, Recreated, SECRETS, type Kind } from "./drift/recreated";
import { SERVICE } from "./drift/service-table";
import { serviceVariants, type References } from "./drift/service-variants";
import { CONFIG, SECRET, SWARM_DATA_VARIANTS } from "./drift/swarm-data-tables";
import { changed } from "./drift/schema-paths";
import { expectedOf, shown, trial, type Outcome, type Subject } from "./drift/trial";
import { buildProbeImages } from "./probe-image";
import { SwarmNode } from "./swarm-node";
import { until } from "./until";

jest.setTimeout(300_000);

let node: SwarmNode;
let provider: ProtocolProvider;
let references: References;

beforeAll(async () => {
  node = await SwarmNode.single();
  await buildProbeImages(node.host);
  const create = async (path: string, body: object): Promise<string> => {
    const { ID, Id } = await node.engine.post<{ ID?: string; Id?: string }>(path, { body });
    return ID ?? Id ?? "";
  };
  references = {
    secret: await create("/secrets/create", { Name: "drift-ref", Data: "YQ==" }),
    config: await create("/configs/create", { Name: "drift-ref", Data: "YQ==" }),
    network: await create("/networks/create", { Name: "drift-o", Driver: "overlay" }),
  };
  provider = await ProtocolProvider.start(node.host);
});
afterEach(async () => {
  if (await node.engine.find("/services/drift-s")) await node.engine.delete("/services/drift-s");
});
afterAll(async () => {
  provider.stop();
  await node.remove();
});

const byPath = (outcomes: readonly Outcome[]) => Object.fromEntries(outcomes.map((outcome) => [outcome.path, outcome]));

/** A service whose specification is updated by somebody else. */
class UpdatedService implements Subject {
  readonly table = SERVICE;
  readonly schema = SERVICE_SCHEMA;

  constructor(private readonly original: Service) {}

  async change(stored: Stored, cases: readonly Seen[]): Promise<Stored> {
    await this.update(cases.reduce((before, { place, value }) => changedAt(before, place, value), this.original).Spec);
    return stored;
  }

  restore(): Promise<void> {
    return this.update(this.original.Spec);
  }

  /** The swarm itself updates what it has just been given. */
  private update(body: object): Promise<void> {
    return until("the service is updated", 30, async () => {
      const { Version } = await node.engine.get<Service>(`/services/${this.original.ID}`);
      const query = { version: Version.Index };
      return node.engine.post(`/services/${this.original.ID}/update`, { query, body }).then(() => true, inSequence);
    }).then(() => undefined);
  }
}

function inSequence(error: unknown): undefined {
  if (!(error instanceof EngineError) || !error.message.includes("update out of sequence")) throw error;
}

async function made(config: Parameters<ProtocolProvider["create"]>[1]): Promise<{ stored: Stored; subject: UpdatedService }> {
  const stored = await provider.create(SERVICE.type, config);
  return { stored, subject: new UpdatedService(await node.engine.get<Service>(`/services/${idOf(stored)}`)) };
}

describe("a service that somebody else updates", () => {
  it.each(["common", "bind", "tmpfs"])("plans nothing as it is configured (%s), and each attribute afterwards", async (variant) => {
    const config = serviceVariants(references)[variant] ?? {};
    const { stored, subject } = await made(config);
    expect(await shown(provider, subject, stored, config)).toEqual({ paths: [], replace: [] });
    const { outcomes, besides } = await trial(provider, subject, variant, stored, config);
    expect(byPath(outcomes)).toEqual(byPath(seenIn(SERVICE, variant).map((entry) => expectedOf(SERVICE_SCHEMA, entry))));
    expect(besides).toEqual([]);
    await provider.delete(SERVICE.type, stored);
    expect(await shown(provider, subject, stored, config)).toBeNull();
  });

  it.each(["answered", "answered by id"])("shows what an update may not change, as an engine answers (%s)", async (variant) => {
    const config = serviceVariants(references)[variant] ?? {};
    const { stored, subject } = await made(config);
    const paths = (place: string, value: unknown) =>
      throughAnswers(node.engine, "/services/", [[place, value]], async (other) => (await shown(other, subject, stored, config))?.paths);
    expect(await paths("Spec.Name", "drift-s")).toEqual([]);
    for (const [path, { place, value, with: others }] of seenIn(SERVICE, variant))
      expect([path, [...((await paths(place, value)) ?? [])].sort()]).toEqual([path, [path, ...others].sort()]);
    await provider.delete(SERVICE.type, stored);
  });
});

it("gets nothing of the credentials of a service, and of how Terraform treats it, unlike a label", async () => {
  const base = serviceVariants(references)["answered by id"] ?? {};
  const specOf = async (config: ObjectValue): Promise<object> => {
    const stored = await provider.create(SERVICE.type, config);
    const { Spec } = await node.engine.get<Service>(`/services/${idOf(stored)}`);
    await provider.delete(SERVICE.type, stored);
    return Spec;
  };
  const auth = [{ server_address: "localhost:1", username: "drift", password: "drift-password" }];
  const plain = await specOf(base);
  const treated = await specOf({ ...base, auth, converge_config: [{ delay: "1s", timeout: "2m" }] });
  expect(treated).toEqual(plain);
  expect(JSON.stringify(treated)).not.toContain("drift-password");
  expect(await specOf({ ...base, labels: [{ label: "tier", value: "web" }] })).not.toEqual(plain);
});

const DATA: readonly (readonly [string, DriftTable, Kind, string])[] = [
  ["config", CONFIG, CONFIGS, "common"],
  ["config", CONFIG, CONFIGS, "raw"],
  ["secret", SECRET, SECRETS, "common"],
];

it.each(DATA)("another %s shows each attribute", async (_name, table, kind, variant) => {
  const schema = RESOURCES[table.type]?.schema ?? { version: 0, attributes: {} };
  const config = SWARM_DATA_VARIANTS[table.type]?.[variant] ?? {};
  const stored = await provider.create(table.type, config);
  const subject = await Recreated.of(node.engine, kind, table, stored);
  expect(await shown(provider, subject, stored, config)).toEqual({ paths: [], replace: [] });
  const { outcomes, besides } = await trial(provider, subject, variant, stored, config);
  expect(byPath(outcomes)).toEqual(byPath(seenIn(table, variant).map((entry) => expectedOf(schema, entry))));
  expect(besides).toEqual([]);
  expect(await shown(provider, subject, stored, config)).toBeNull();
});

it("never gets a secret's data back", async () => {
  const { Spec } = await node.engine.get<{ Spec: object }>(`/secrets/${references.secret}`);
  expect(Spec).not.toHaveProperty("Data");
  expect((await node.engine.get<{ Spec: object }>(`/configs/${references.config}`)).Spec).toHaveProperty("Data", "YQ==");
});

it.each([
  ["docker_config", { name: "drift-i", data: "YQ==" }, []],
  // Its data is noted in the state by an update that touches nothing: no engine gives it out.
  ["docker_secret", { name: "drift-i", data: "YQ==" }, ["data"]],
] as const)("an import of a %s by name or id is planned as what the engine tells", async (type, config, paths) => {
  const schema = RESOURCES[type]?.schema ?? { attributes: {} };
  const stored = await provider.create(type, config);
  for (const id of ["drift-i", idOf(stored)]) {
    const imported = await provider.import(type, id);
    const { values, replace } = await provider.plan(type, imported, config);
    expect({ paths: changed(imported.values, values, schema), replace }).toEqual({ paths, replace: [] });
  }
});
