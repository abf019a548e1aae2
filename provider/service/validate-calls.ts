import type { ServiceImpl } from "@connectrpc/connect";
import { PROVIDER_SCHEMA } from "../configuration";
import type { Diagnostic } from "../diagnostic";
import { diagnosticMessages } from "../diagnostic-message";
import type { Provider } from "../gen/provider_pb";
import { runOperation } from "../operation";
import { validateBlock } from "../validate";
import { unpack } from "./dynamic";
import type { Session } from "./session";

type Calls = Pick<ServiceImpl<typeof Provider>, "validateProviderConfig" | "validateResourceConfig" | "validateDataResourceConfig">;
type Faults = { diagnostics: ReturnType<typeof diagnosticMessages> };

/** What is wrong with a configuration before anything is planned. */
export function validateCalls(session: Session): Calls {
  const faults = async (name: string, validate: () => readonly Diagnostic[]): Promise<Faults> => {
    const outcome = await runOperation(session.input(`validate ${name}`), validate);
    return { diagnostics: diagnosticMessages([...outcome.diagnostics, ...(outcome.result ?? [])]) };
  };
  return {
    validateProviderConfig: ({ config }) =>
      faults("the provider block", () => validateBlock(unpack(config, PROVIDER_SCHEMA), PROVIDER_SCHEMA)),
    validateResourceConfig: ({ typeName, config }) =>
      faults(typeName, () => {
        const resource = session.resource(typeName);
        const values = unpack(config, resource.schema);
        return [...validateBlock(values, resource.schema), ...(resource.validate?.(values) ?? [])];
      }),
    validateDataResourceConfig: ({ typeName, config }) =>
      faults(typeName, () => {
        const { schema } = session.dataSource(typeName);
        return validateBlock(unpack(config, schema), schema);
      }),
  };
}
