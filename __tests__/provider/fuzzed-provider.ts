import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import fc from "fast-check";
import { PROVIDER_SCHEMA } from "../../provider/configuration";
import { emptyBlockValue } from "../../provider/conform";
import { type Provider } from "../../provider/gen/provider_pb";
import { startLifecycle } from "../../provider/plugin/lifecycle";
import { DATA_SOURCES, RESOURCES } from "../../provider/resources";
import type { Block } from "../../provider/schema";
import { providerService } from "../../provider/service/provider-service";
import type { ObjectValue, Value } from "../../provider/value";
import { decodeObject, encodeObject } from "../../provider/wire";
import { EDITS, edited, type Edit } from "./byte-edits";
import { json, startFakeEngine, type FakeEngine } from "../engine/fake-engine";

type Service = ServiceImpl<typeof Provider>;
type Call = keyof Service;

/** One request with a message that was damaged on the way. */
export interface DamagedRequest {
  readonly call: Call;
  readonly typeName: string;
  readonly edits: readonly Edit[];
}

interface Wired {
  readonly msgpack?: Uint8Array;
}

/** As much of an answer as all calls have. */
export interface Answer {
  readonly diagnostics?: readonly { readonly severity?: number }[];
  readonly newState?: Wired;
  readonly plannedState?: Wired;
  readonly upgradedState?: Wired;
  readonly state?: Wired;
  readonly importedResources?: readonly { readonly state?: Wired }[];
}

// Look-ups of registries would go to whatever host a damaged name has.
const offline = (table: object): string[] => Object.keys(table).filter((name) => !name.includes("registry"));

const requests = (calls: readonly Call[], types: readonly string[]): fc.Arbitrary<DamagedRequest> =>
  fc.record({ call: fc.constantFrom(...calls), typeName: fc.constantFrom(...types, "docker_nothing"), edits: EDITS });

export const DAMAGED: fc.Arbitrary<DamagedRequest> = fc.oneof(
  requests(["validateProviderConfig", "configureProvider"], []),
  requests(["validateResourceConfig", "upgradeResourceState", "planResourceChange"], Object.keys(RESOURCES)),
  requests(["readResource", "applyResourceChange", "importResourceState"], offline(RESOURCES)),
  requests(["validateDataResourceConfig"], Object.keys(DATA_SOURCES)),
  requests(["readDataSource"], offline(DATA_SOURCES)),
);

/** The provider in this process, on an engine that has nothing. */
export class FuzzedProvider {
  static async start(): Promise<FuzzedProvider> {
    const engine = await startFakeEngine((_request, _body, response) => json(response, 404, { message: "nothing is here" }));
    const provider = new FuzzedProvider(engine);
    await provider.configure();
    return provider;
  }

  readonly #service: Service;

  private constructor(readonly engine: FakeEngine) {
    const lifecycle = startLifecycle();
    this.#service = providerService({ resources: RESOURCES, dataSources: DATA_SOURCES, lifecycle, log: () => undefined });
  }

  /** What the provider answers; rejects where a call has crashed. */
  async answer({ call, typeName, edits }: DamagedRequest): Promise<Answer> {
    const block = call.includes("Provider") ? PROVIDER_SCHEMA : ({ ...RESOURCES, ...DATA_SOURCES }[typeName]?.schema ?? { attributes: {} });
    const intact = encodeObject(filled(block, this.engine.host), block);
    const damaged = { msgpack: edited(intact, edits) };
    const stored = { json: edited(Buffer.from(JSON.stringify(filled(block, this.engine.host))), edits) };
    const request = { typeName, config: damaged, rawState: stored, currentState: damaged, priorState: { msgpack: intact } };
    const change = { plannedState: damaged, proposedNewState: damaged, id: Buffer.from(damaged.msgpack).toString("latin1") };
    const bytes = { private: damaged.msgpack, priorPrivate: damaged.msgpack, plannedPrivate: damaged.msgpack };
    const handler = this.#service[call] as (message: object, context: HandlerContext) => Promise<Answer>;
    const answer = await handler({ ...request, ...change, ...bytes }, {} as HandlerContext);
    if (call === "configureProvider") await this.configure();
    return answer;
  }

  /** What a call has given as states: `undefined` where the schema cannot read one. */
  states({ typeName }: DamagedRequest, answer: Answer): (ObjectValue | null | undefined)[] {
    const block = { ...RESOURCES, ...DATA_SOURCES }[typeName]?.schema ?? { attributes: {} };
    const { newState, plannedState, upgradedState, state, importedResources = [] } = answer;
    const given = [newState, plannedState, upgradedState, state, ...importedResources.map((imported) => imported.state)];
    return given.flatMap((wired) => (wired?.msgpack ? [readable(wired.msgpack, block)] : []));
  }

  async configure(): Promise<void> {
    const config = { msgpack: encodeObject({ host: this.engine.host }, PROVIDER_SCHEMA) };
    const configure = this.#service.configureProvider as (message: object, context: HandlerContext) => Promise<unknown>;
    await configure({ config }, {} as HandlerContext);
  }
}

/** Something in every attribute and block, so that there is something to damage. */
function filled(block: Block, host: string): Record<string, Value> {
  const values: Record<string, Value> = { ...emptyBlockValue(block) };
  for (const [name, { type }] of Object.entries(block.attributes)) {
    if (type === "string") values[name] = name === "host" ? host : "a";
    if (type === "number") values[name] = 7;
    if (type === "bool") values[name] = name === "disable_docker_daemon_check" || name === "start";
    if (Array.isArray(type)) values[name] = type[0] === "map" ? { key: "value" } : [];
  }
  for (const [name, nested] of Object.entries(block.blocks ?? {}))
    values[name] = nested.nesting === "single" ? filled(nested, host) : [filled(nested, host)];
  return values;
}

function readable(bytes: Uint8Array, block: Block): ObjectValue | null | undefined {
  try {
    return decodeObject(bytes, block);
  } catch {
    return undefined;
  }
}
