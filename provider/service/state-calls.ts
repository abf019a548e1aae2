import type { ServiceImpl } from "@connectrpc/connect";
import { conform } from "../conform";
import { DiagnosticError } from "../diagnostic";
import { diagnosticMessages } from "../diagnostic-message";
import type { Provider } from "../gen/provider_pb";
import { runOperation } from "../operation";
import type { OperationContext, Resource } from "../resource";
import { settleImport, settleRead } from "../settle";
import { pack, unpack, type Dynamic } from "./dynamic";
import type { Session } from "./session";

type Service = ServiceImpl<typeof Provider>;

/** What exists: stored states, the daemon's view, imports, data sources. */
export function stateCalls(
  session: Session,
): Pick<Service, "upgradeResourceState" | "readResource" | "importResourceState" | "readDataSource"> {
  return {
    upgradeResourceState: upgradeState(session),
    readResource: readResource(session),
    importResourceState: importState(session),
    readDataSource: readDataSource(session),
  };
}

function upgradeState(session: Session): Service["upgradeResourceState"] {
  return async ({ typeName, rawState }) => {
    const outcome = await runOperation(session.input(`upgrade the state of ${typeName}`), () => {
      const { schema } = session.resource(typeName);
      return pack(conform(JSON.parse(new TextDecoder().decode(rawState?.json)), schema), schema);
    });
    return { ...present("upgradedState", outcome.result), diagnostics: diagnosticMessages(outcome.diagnostics) };
  };
}

function readResource(session: Session): Service["readResource"] {
  return async ({ typeName, currentState, private: prior }) => {
    const outcome = await runOperation(session.input(`read ${typeName}`, prior), async (context) => {
      const resource = session.resource(typeName);
      const state = unpack(currentState, resource.schema);
      const actual = await resource.read(state, context);
      return pack(actual && settleRead(state, actual, resource.schema), resource.schema);
    });
    // After a failure Terraform still wants a state: the one it has.
    return {
      ...present("newState", outcome.result ?? currentState),
      private: outcome.private,
      diagnostics: diagnosticMessages(outcome.diagnostics),
    };
  };
}

function importState(session: Session): Service["importResourceState"] {
  return async ({ typeName, id }) => {
    const outcome = await runOperation(session.input(`import ${typeName}`), (context) =>
      imported(session.resource(typeName), typeName, id, context),
    );
    const importedResources = outcome.result ? [{ typeName, state: outcome.result, private: outcome.private }] : [];
    return { importedResources, diagnostics: diagnosticMessages(outcome.diagnostics) };
  };
}

async function imported(resource: Resource, typeName: string, id: string, context: OperationContext): Promise<Dynamic> {
  if (!resource.import)
    throw new DiagnosticError("Import is not possible", `${typeName} must be created by terraform, it cannot be imported`);
  return pack(settleImport(await resource.import(id, context), resource.schema), resource.schema);
}

function readDataSource(session: Session): Service["readDataSource"] {
  return async ({ typeName, config }) => {
    const outcome = await runOperation(session.input(`read ${typeName}`), async (context) => {
      const source = session.dataSource(typeName);
      return pack(await source.read(unpack(config, source.schema), context), source.schema);
    });
    return { ...present("state", outcome.result), diagnostics: diagnosticMessages(outcome.diagnostics) };
  };
}

function present<K extends string>(name: K, value: Dynamic | undefined): { readonly [name in K]?: Dynamic } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [name in K]?: Dynamic };
}
