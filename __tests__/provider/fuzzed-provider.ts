import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import { PROVIDER_SCHEMA } from "../../provider/configuration";
import { type Provider } from "../../provider/gen/provider_pb";
import { startLifecycle, type Lifecycle } from "../../provider/plugin/lifecycle";
import { DATA_SOURCES, RESOURCES } from "../../provider/resources";
import type { Block } from "../../provider/schema";
import { providerService } from "../../provider/service/provider-service";
import type { ObjectValue, Value } from "../../provider/value";
import { decodeObject, encodeObject } from "../../provider/wire";
import { edited } from "./byte-edits";
import type { DamagedRequest } from "./damaged-request";
import { DamagingServers } from "./damaging-servers";
import { filled, type Extent } from "./filled";

type Service = ServiceImpl<typeof Provider>;

/** How long a request may take, in milliseconds, before it is interrupted as Terraform does, and how long then to its answer. */
const PATIENCE = 700;
const TO_END = 30_000;

interface Wired {
  readonly msgpack?: Uint8Array;
}

/** As much of an answer as all calls have. */
export interface Answer {
  readonly diagnostics?: readonly { readonly severity?: number; readonly detail?: string }[];
  readonly newState?: Wired;
  readonly plannedState?: Wired;
  readonly upgradedState?: Wired;
  readonly state?: Wired;
  readonly importedResources?: readonly { readonly state?: Wired }[];
}

/** The provider in this process, with an engine and a registry that damage their answers. */
export class FuzzedProvider {
  static async start(): Promise<FuzzedProvider> {
    const provider = new FuzzedProvider(await DamagingServers.start());
    await provider.configure();
    return provider;
  }

  #lifecycle: Lifecycle;
  #service: Service;

  private constructor(private readonly servers: DamagingServers) {
    this.#lifecycle = startLifecycle();
    this.#service = serviceOf(this.#lifecycle);
  }

  /** What the provider answers; rejects where a call has crashed, or goes on for long though it was interrupted. */
  async answer(request: DamagedRequest): Promise<Answer> {
    const { call, damage, typeName, change } = request;
    this.servers.reset(damage, change === "create" && call === "applyResourceChange" ? `${typeName.replace("docker_", "/")}s` : undefined);
    const handler = this.#service[call] as (message: object, context: HandlerContext) => Promise<Answer>;
    const answer = await this.#inTime(handler(this.#message(request), {} as HandlerContext));
    if (call === "configureProvider") await this.configure();
    return answer;
  }

  /** What a call has given as states: `undefined` where the schema cannot read one. */
  states({ typeName }: DamagedRequest, answer: Answer): (ObjectValue | null | undefined)[] {
    const block = blockOf(typeName);
    const { newState, plannedState, upgradedState, state, importedResources = [] } = answer;
    const given = [newState, plannedState, upgradedState, state, ...importedResources.map((imported) => imported.state)];
    return given.flatMap((wired) => (wired?.msgpack ? [readable(wired.msgpack, block)] : []));
  }

  /** What the last request has made of the servers. */
  get asked(): Pick<DamagingServers, "hasCreated" | "isToldAbsent"> {
    return this.servers;
  }

  async configure(): Promise<void> {
    const config = { msgpack: encodeObject({ host: this.servers.host }, PROVIDER_SCHEMA) };
    const configure = this.#service.configureProvider as (message: object, context: HandlerContext) => Promise<unknown>;
    await configure({ config }, {} as HandlerContext);
  }

  async close(): Promise<void> {
    this.#lifecycle.end();
    await this.servers.close();
  }

  #message({ call, typeName, edits, extent = "all", change = "update" }: DamagedRequest): object {
    const block = call.includes("Provider") ? PROVIDER_SCHEMA : blockOf(typeName);
    const values = this.#values(block, typeName, call, extent);
    const intact = encodeObject(values, block);
    const bytes = this.#contained(edited(intact, edits), intact, typeName);
    const [damaged, none] = [{ msgpack: bytes }, { msgpack: encodeObject(null, block) }];
    const stored = { json: edited(Buffer.from(JSON.stringify(values)), edits) };
    const planned = change === "delete" ? none : damaged;
    const id = typeName.includes("registry") ? this.servers.image : Buffer.from(edited(Buffer.from("a"), edits)).toString("latin1");
    return {
      ...{ typeName, config: damaged, rawState: stored, currentState: damaged, id },
      ...{ priorState: change === "create" ? none : { msgpack: intact }, plannedState: planned, proposedNewState: planned },
      ...{ private: bytes, priorPrivate: bytes, plannedPrivate: bytes },
    };
  }

  #values(block: Block, typeName: string, call: string, extent: Extent): Record<string, Value> {
    const name = typeName.includes("registry") ? { name: this.servers.image } : {};
    const values = filled(block, { host: this.servers.host, ...name }, extent);
    // A build would read and write files of this machine.
    return call === "applyResourceChange" && "build" in values ? { ...values, build: [] } : values;
  }

  /** A damaged name of an image would be looked up in whatever registry it is then in. */
  #contained(bytes: Uint8Array, intact: Uint8Array, typeName: string): Uint8Array {
    return !typeName.includes("registry") || Buffer.from(bytes).includes(this.servers.image) ? bytes : intact;
  }

  async #inTime(answer: Promise<Answer>): Promise<Answer> {
    const patience = setTimeout(() => this.#lifecycle.stop(), PATIENCE);
    let end: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      end = setTimeout(() => reject(new Error("a request that was interrupted must end")), PATIENCE + TO_END);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(patience);
      clearTimeout(end);
      if (this.#lifecycle.stopping.aborted) await this.#restart();
    }
  }

  async #restart(): Promise<void> {
    this.#lifecycle.end();
    this.#lifecycle = startLifecycle();
    this.#service = serviceOf(this.#lifecycle);
    await this.configure();
  }
}

function serviceOf(lifecycle: Lifecycle): Service {
  return providerService({ resources: RESOURCES, dataSources: DATA_SOURCES, lifecycle, log: () => undefined });
}

function blockOf(typeName: string): Block {
  return { ...RESOURCES, ...DATA_SOURCES }[typeName]?.schema ?? { attributes: {} };
}

function readable(bytes: Uint8Array, block: Block): ObjectValue | null | undefined {
  try {
    return decodeObject(bytes, block);
  } catch {
    return undefined;
  }
}
