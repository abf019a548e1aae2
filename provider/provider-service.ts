import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { applyChange, changeName, stateAfterFailure } from "./apply";
import { configure, PROVIDER_SCHEMA, unconfigured, type Configuration } from "./configuration";
import { conform } from "./conform";
import { DiagnosticError, type Diagnostic } from "./diagnostic";
import { diagnosticMessages, pathMessage } from "./diagnostic-message";
import type { DynamicValueSchema, Provider } from "./gen/provider_pb";
import type { Log } from "./log";
import { runOperation, type OperationInput } from "./operation";
import { planBlock, replacedBy } from "./planner";
import type { DataSource, OperationContext, PlanRequest, Resource } from "./resource";
import type { Block } from "./schema";
import { schemaMessage } from "./schema-message";
import { settleImport, settleRead } from "./settle";
import { validateBlock } from "./validate";
import type { ObjectValue } from "./value";
import { decodeObject, encodeObject } from "./wire";

/** What the service answers for. */
export interface ProviderOptions {
  readonly resources: { readonly [typeName: string]: Resource };
  readonly dataSources: { readonly [typeName: string]: DataSource };
  readonly lifecycle: { readonly stopping: AbortSignal; stop(): void };
  readonly log: Log;
}

type Service = ServiceImpl<typeof Provider>;
type Dynamic = MessageInitShape<typeof DynamicValueSchema>;

const CAPABILITIES = { planDestroy: false, getProviderSchemaOptional: true };
const NO_PRIVATE = new Uint8Array();

/** Terraform's provider service over a table of resources. */
export function providerService(options: ProviderOptions): Service {
  const session = new Session(options);
  return { ...schemaCalls(options), ...validateCalls(session), ...stateCalls(session), ...changeCalls(session), ...sessionCalls(session, options) };
}

class Session {
  configuration: Configuration = unconfigured();
  readonly #options: ProviderOptions;

  constructor(options: ProviderOptions) {
    this.#options = options;
  }

  input(name: string, priorPrivate: Uint8Array = NO_PRIVATE): OperationInput {
    const { log, lifecycle } = this.#options;
    return { configuration: this.configuration, log, signal: lifecycle.stopping, name, priorPrivate };
  }

  resource(typeName: string): Resource {
    return known(this.#options.resources[typeName], "resource", typeName);
  }

  dataSource(typeName: string): DataSource {
    return known(this.#options.dataSources[typeName], "data source", typeName);
  }
}

function known<T>(entry: T | undefined, kind: string, typeName: string): T {
  if (entry !== undefined) return entry;
  throw new DiagnosticError(`Unknown ${kind}`, `type must be a ${kind} of this provider, got ${typeName}`);
}

function schemaCalls({ resources, dataSources }: ProviderOptions): Pick<Service, "getMetadata" | "getProviderSchema"> {
  const typeNames = (table: object): { typeName: string }[] => Object.keys(table).map((typeName) => ({ typeName }));
  return {
    getMetadata: () => ({ serverCapabilities: CAPABILITIES, resources: typeNames(resources), dataSources: typeNames(dataSources) }),
    getProviderSchema: () => ({
      provider: schemaMessage(PROVIDER_SCHEMA),
      resourceSchemas: mapValues(resources, ({ schema }) => schemaMessage(schema)),
      dataSourceSchemas: mapValues(dataSources, ({ schema }) => schemaMessage(schema)),
      serverCapabilities: CAPABILITIES,
    }),
  };
}

function validateCalls(session: Session): Pick<Service, "validateProviderConfig" | "validateResourceConfig" | "validateDataResourceConfig"> {
  const validate = async (name: string, faults: () => readonly Diagnostic[]): Promise<{ diagnostics: ReturnType<typeof diagnosticMessages> }> => {
    const outcome = await runOperation(session.input(name), faults);
    return { diagnostics: diagnosticMessages([...outcome.diagnostics, ...(outcome.result ?? [])]) };
  };
  return {
    validateProviderConfig: (request) => validate("validate the provider block", () => validateBlock(decode(request.config, PROVIDER_SCHEMA), PROVIDER_SCHEMA)),
    validateResourceConfig: (request) =>
      validate(`validate ${request.typeName}`, () => {
        const resource = session.resource(request.typeName);
        const config = decode(request.config, resource.schema);
        return [...validateBlock(config, resource.schema), ...(resource.validate?.(config) ?? [])];
      }),
    validateDataResourceConfig: (request) =>
      validate(`validate ${request.typeName}`, () => {
        const { schema } = session.dataSource(request.typeName);
        return validateBlock(decode(request.config, schema), schema);
      }),
  };
}

function stateCalls(session: Session): Pick<Service, "upgradeResourceState" | "readResource" | "importResourceState" | "readDataSource"> {
  return {
    upgradeResourceState: async ({ typeName, rawState }) => {
      const outcome = await runOperation(session.input(`upgrade the state of ${typeName}`), () => {
        const { schema } = session.resource(typeName);
        return encoded(conform(JSON.parse(new TextDecoder().decode(rawState?.json)), schema), schema);
      });
      return { upgradedState: outcome.result, diagnostics: diagnosticMessages(outcome.diagnostics) };
    },
    readResource: async ({ typeName, currentState, private: prior }) => {
      const outcome = await runOperation(session.input(`read ${typeName}`, prior), async (context) => {
        const resource = session.resource(typeName);
        const state = decode(currentState, resource.schema);
        const actual = await resource.read(state, context);
        return encoded(actual && settleRead(state, actual, resource.schema), resource.schema);
      });
      // After a failure Terraform still wants a state: the one it has.
      return { newState: outcome.result ?? currentState, private: outcome.private, diagnostics: diagnosticMessages(outcome.diagnostics) };
    },
    importResourceState: async ({ typeName, id }) => {
      const outcome = await runOperation(session.input(`import ${typeName}`), (context) => importState(session.resource(typeName), typeName, id, context));
      const importedResources = outcome.result ? [{ typeName, state: outcome.result, private: outcome.private }] : [];
      return { importedResources, diagnostics: diagnosticMessages(outcome.diagnostics) };
    },
    readDataSource: async ({ typeName, config }) => {
      const outcome = await runOperation(session.input(`read ${typeName}`), async (context) => {
        const { schema, read } = session.dataSource(typeName);
        return encoded(await read(decode(config, schema), context), schema);
      });
      return { state: outcome.result, diagnostics: diagnosticMessages(outcome.diagnostics) };
    },
  };
}

async function importState(resource: Resource, typeName: string, id: string, context: OperationContext): Promise<Dynamic> {
  if (!resource.import) throw new DiagnosticError("Import is not possible", `${typeName} must be created by terraform, it cannot be imported`);
  return encoded(settleImport(await resource.import(id, context), resource.schema), resource.schema);
}

function changeCalls(session: Session): Pick<Service, "planResourceChange" | "applyResourceChange"> {
  return {
    planResourceChange: async (request) => {
      const { typeName, proposedNewState, priorPrivate } = request;
      const outcome = await runOperation(session.input(`plan ${typeName}`, priorPrivate), async (context) => {
        const { schema, plan } = session.resource(typeName);
        // A destroy has nothing to plan.
        if (decodeObject(proposedNewState?.msgpack ?? NO_PRIVATE, schema) === null) return { plannedState: proposedNewState, requiresReplace: [] };
        const draft = draftPlan(decodeOptional(request.priorState, schema), decode(request.config, schema), schema);
        const { planned, replace } = (await plan?.(draft, context)) ?? draft;
        return { plannedState: encoded(planned, schema), requiresReplace: replace.map((name) => pathMessage([name])) };
      });
      return { ...outcome.result, plannedPrivate: outcome.private, legacyTypeSystem: true, diagnostics: diagnosticMessages(outcome.diagnostics) };
    },
    applyResourceChange: async (request) => {
      const { typeName, priorState, plannedState, config, plannedPrivate } = request;
      const { schema } = session.resource(typeName);
      const change = { prior: decodeOptional(priorState, schema), planned: decodeOptional(plannedState, schema), config: decodeOptional(config, schema) ?? {} };
      const outcome = await runOperation(session.input(changeName(change, typeName), plannedPrivate), (context) => applyChange(session.resource(typeName), change, context));
      const state = outcome.failed ? stateAfterFailure(change, outcome.checkpoint) : (outcome.result ?? null);
      return { newState: encoded(state, schema), private: outcome.private, legacyTypeSystem: true, diagnostics: diagnosticMessages(outcome.diagnostics) };
    },
  };
}

function draftPlan(prior: ObjectValue | null, config: ObjectValue, schema: Block): PlanRequest {
  const planned = planBlock(config, prior, schema);
  return { prior, config, planned, replace: prior ? replacedBy(prior, planned, schema) : [] };
}

function sessionCalls(session: Session, { lifecycle }: ProviderOptions): Pick<Service, "configureProvider" | "stopProvider"> {
  return {
    configureProvider: async ({ config }) => {
      const outcome = await runOperation(session.input("use the configured engine"), () => configure(decode(config, PROVIDER_SCHEMA)));
      if (outcome.result) session.configuration = outcome.result;
      return { diagnostics: diagnosticMessages(outcome.diagnostics) };
    },
    stopProvider: () => {
      lifecycle.stop();
      return {};
    },
  };
}

function encoded(value: ObjectValue | null, block: Block): Dynamic {
  return { msgpack: encodeObject(value, block) };
}

function decodeOptional(value: Dynamic | undefined, block: Block): ObjectValue | null {
  return decodeObject(value?.msgpack ?? NO_PRIVATE, block);
}

function decode(value: Dynamic | undefined, block: Block): ObjectValue {
  return decodeOptional(value, block) ?? {};
}

function mapValues<T, R>(table: { readonly [name: string]: T }, map: (value: T) => R): { [name: string]: R } {
  return Object.fromEntries(Object.entries(table).map(([name, value]) => [name, map(value)]));
}
