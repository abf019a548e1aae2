import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import { PROVIDER_SCHEMA } from "../../../provider/configuration";
import { emptyBlockValue } from "../../../provider/conform";
import type { Provider } from "../../../provider/gen/provider_pb";
import { startLifecycle } from "../../../provider/plugin/lifecycle";
import { DATA_SOURCES, RESOURCES } from "../../../provider/resources";
import type { ResourceSchema } from "../../../provider/schema";
import { providerService } from "../../../provider/service/provider-service";
import { text, type ObjectValue } from "../../../provider/value";
import { decodeObject, encodeObject } from "../../../provider/wire";

/** What Terraform remembers of an object. */
export interface Stored {
  readonly values: ObjectValue;
  readonly private: Uint8Array;
}

/** What Terraform would show. */
export interface Planned {
  readonly values: ObjectValue;
  /** Names of attributes and blocks whose change replaces the object. */
  readonly replace: readonly string[];
}

interface Answer {
  readonly diagnostics: readonly { readonly severity: number; readonly summary: string; readonly detail: string }[];
  readonly [name: string]: unknown;
}

const ERROR = 1;

/** The id of an object that Terraform knows. */
export const idOf = ({ values }: Stored): string => text(values["id"]) ?? "";

/** The provider in this process, spoken to as Terraform does it: by messages. */
export class ProtocolProvider {
  static async start(host: string): Promise<ProtocolProvider> {
    const provider = new ProtocolProvider();
    await provider.#call("configureProvider", { config: { msgpack: encodeObject({ host }, PROVIDER_SCHEMA) } });
    return provider;
  }

  readonly #lifecycle = startLifecycle();
  readonly #service: ServiceImpl<typeof Provider> = providerService({
    resources: RESOURCES,
    dataSources: DATA_SOURCES,
    lifecycle: this.#lifecycle,
    log: () => undefined,
  });

  /** Creates an object as it is configured. */
  async create(typeName: string, config: ObjectValue): Promise<Stored> {
    const { schema, complete } = resource(typeName, config);
    const nothing = { msgpack: encodeObject(null, schema) };
    const plan = await this.#planChange(typeName, nothing, new Uint8Array(), complete);
    return this.#apply(typeName, nothing, plan, complete);
  }

  /** What is found; `null` when the object is gone. */
  async read(typeName: string, stored: Stored): Promise<Stored | null> {
    const { schema } = resource(typeName);
    const currentState = { msgpack: encodeObject(stored.values, schema) };
    const answer = await this.#call("readResource", { typeName, currentState, private: stored.private });
    return storedOf(answer, "newState", schema);
  }

  async plan(typeName: string, stored: Stored, config: ObjectValue): Promise<Planned> {
    const { schema, complete } = resource(typeName, config);
    const prior = { msgpack: encodeObject(stored.values, schema) };
    const answer = await this.#planChange(typeName, prior, stored.private, complete);
    return { values: decoded(answer["plannedState"], schema) ?? {}, replace: namesOf(answer["requiresReplace"]) };
  }

  /** Changes an object in place. */
  async update(typeName: string, stored: Stored, config: ObjectValue): Promise<Stored> {
    const { schema, complete } = resource(typeName, config);
    const prior = { msgpack: encodeObject(stored.values, schema) };
    return this.#apply(typeName, prior, await this.#planChange(typeName, prior, stored.private, complete), complete);
  }

  async import(typeName: string, id: string): Promise<Stored> {
    const { schema } = resource(typeName);
    const answer = await this.#call("importResourceState", { typeName, id });
    const [imported] = answer["importedResources"] as readonly Answer[];
    const stored = imported && storedOf(imported, "state", schema);
    if (!stored) throw new Error(`${typeName} ${id} must be imported, got nothing`);
    // Terraform reads what it has imported.
    return (await this.read(typeName, stored)) ?? stored;
  }

  async delete(typeName: string, stored: Stored): Promise<void> {
    const { schema } = resource(typeName);
    const nothing = { msgpack: encodeObject(null, schema) };
    const priorState = { msgpack: encodeObject(stored.values, schema) };
    await this.#call("applyResourceChange", {
      typeName,
      priorState,
      plannedState: nothing,
      config: nothing,
      plannedPrivate: stored.private,
    });
  }

  /** Closes the connections to the engine. */
  stop(): void {
    this.#lifecycle.stop();
    this.#lifecycle.end();
  }

  #planChange(typeName: string, priorState: object, priorPrivate: Uint8Array, config: ObjectValue): Promise<Answer> {
    const { schema } = resource(typeName);
    const message = { msgpack: encodeObject(config, schema) };
    return this.#call("planResourceChange", { typeName, priorState, priorPrivate, config: message, proposedNewState: message });
  }

  async #apply(typeName: string, priorState: object, plan: Answer, config: ObjectValue): Promise<Stored> {
    const { schema } = resource(typeName);
    const change = {
      plannedState: plan["plannedState"],
      plannedPrivate: plan["plannedPrivate"],
      config: { msgpack: encodeObject(config, schema) },
    };
    const stored = storedOf(await this.#call("applyResourceChange", { typeName, priorState, ...change }), "newState", schema);
    if (!stored) throw new Error(`${typeName} must be created, got nothing`);
    return stored;
  }

  async #call(name: keyof ServiceImpl<typeof Provider>, message: object): Promise<Answer> {
    const handler = this.#service[name] as (message: object, context: HandlerContext) => Promise<Answer>;
    const answer = await handler(message, {} as HandlerContext);
    const faults = answer.diagnostics.filter(({ severity }) => severity === ERROR);
    if (faults.length > 0) throw new Error(faults.map(({ summary, detail }) => `${summary}: ${detail}`).join("\n"));
    return answer;
  }
}

function resource(typeName: string, config: ObjectValue = {}): { schema: ResourceSchema; complete: ObjectValue } {
  const schema = RESOURCES[typeName]?.schema;
  if (!schema) throw new Error(`type must be a resource of the provider, got ${typeName}`);
  return { schema, complete: { ...emptyBlockValue(schema), ...config } };
}

function storedOf(answer: Answer, name: string, schema: ResourceSchema): Stored | null {
  const values = decoded(answer[name], schema);
  return values && { values, private: answer["private"] as Uint8Array };
}

function decoded(message: unknown, schema: ResourceSchema): ObjectValue | null {
  const { msgpack } = message as { msgpack: Uint8Array };
  return decodeObject(msgpack, schema);
}

function namesOf(paths: unknown): string[] {
  return (paths as readonly { steps: readonly { selector: { value: string } }[] }[]).map(({ steps }) => steps[0]?.selector.value ?? "");
}
