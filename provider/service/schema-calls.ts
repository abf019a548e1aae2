import type { ServiceImpl } from "@connectrpc/connect";
import { PROVIDER_SCHEMA } from "../configuration";
import type { Provider } from "../gen/provider_pb";
import { schemaMessage } from "../schema-message";
import type { ProviderOptions } from "./session";

// With its schema cached, Terraform does not ask each start of the provider for it.
const CAPABILITIES = { planDestroy: false, getProviderSchemaOptional: true };

/** What the provider offers. */
export function schemaCalls({
  resources,
  dataSources,
}: ProviderOptions): Pick<ServiceImpl<typeof Provider>, "getMetadata" | "getProviderSchema"> {
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

function mapValues<T, R>(table: { readonly [name: string]: T }, map: (value: T) => R): { [name: string]: R } {
  return Object.fromEntries(Object.entries(table).map(([name, value]) => [name, map(value)]));
}
