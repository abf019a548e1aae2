import type { ServiceImpl } from "@connectrpc/connect";
import { configure, PROVIDER_SCHEMA } from "../configuration";
import { diagnosticMessages } from "../diagnostic-message";
import type { Provider } from "../gen/provider_pb";
import { runOperation } from "../operation";
import { changeCalls } from "./change-calls";
import { unpack } from "./dynamic";
import { schemaCalls } from "./schema-calls";
import { Session, type ProviderOptions } from "./session";
import { stateCalls } from "./state-calls";
import { validateCalls } from "./validate-calls";

/** Terraform's provider service over a table of resources. */
export function providerService(options: ProviderOptions): ServiceImpl<typeof Provider> {
  const session = new Session(options);
  return {
    ...schemaCalls(options),
    ...validateCalls(session),
    ...stateCalls(session),
    ...changeCalls(session),
    configureProvider: async ({ config }) => {
      const outcome = await runOperation(session.input("use the configured engine"), () => configure(unpack(config, PROVIDER_SCHEMA)));
      if (outcome.result) await session.configure(outcome.result);
      return { diagnostics: diagnosticMessages(outcome.diagnostics) };
    },
    stopProvider: () => {
      options.lifecycle.stop();
      return {};
    },
  };
}
