import type { ServiceImpl } from "@connectrpc/connect";
import { applyChange, changeName, stateAfterFailure, type Change } from "../apply";
import { diagnosticMessages, pathMessage } from "../diagnostic-message";
import type { Provider } from "../gen/provider_pb";
import { runOperation } from "../operation";
import { planBlock, replacedBy } from "../planner";
import type { PlanRequest } from "../resource";
import type { Block } from "../schema";
import type { ObjectValue } from "../value";
import { pack, unpack, unpackOptional } from "./dynamic";
import type { Session } from "./session";

type Service = ServiceImpl<typeof Provider>;

/** What shall change, and the change itself. */
export function changeCalls(session: Session): Pick<Service, "planResourceChange" | "applyResourceChange"> {
  return { planResourceChange: planChange(session), applyResourceChange: apply(session) };
}

function planChange(session: Session): Service["planResourceChange"] {
  return async ({ typeName, priorState, proposedNewState, config, priorPrivate }) => {
    const outcome = await runOperation(session.input(`plan ${typeName}`, priorPrivate), async (context) => {
      const resource = session.resource(typeName);
      const { schema } = resource;
      // A destroy has nothing to plan.
      if (unpackOptional(proposedNewState, schema) === null) return { plannedState: pack(null, schema), requiresReplace: [] };
      const draft = draftPlan(unpackOptional(priorState, schema), unpack(config, schema), schema);
      const { planned, replace } = (await resource.plan?.(draft, context)) ?? draft;
      return { plannedState: pack(planned, schema), requiresReplace: replace.map((name) => pathMessage([name])) };
    });
    return {
      ...outcome.result,
      plannedPrivate: outcome.private,
      legacyTypeSystem: true,
      diagnostics: diagnosticMessages(outcome.diagnostics),
    };
  };
}

function draftPlan(prior: ObjectValue | null, config: ObjectValue, schema: Block): PlanRequest {
  const planned = planBlock(config, prior, schema);
  return { prior, config, planned, replace: prior ? replacedBy(prior, planned, schema) : [] };
}

function apply(session: Session): Service["applyResourceChange"] {
  return async ({ typeName, priorState, plannedState, config, plannedPrivate }) => {
    const resource = session.resource(typeName);
    const { schema } = resource;
    const change: Change = {
      prior: unpackOptional(priorState, schema),
      planned: unpackOptional(plannedState, schema),
      config: unpackOptional(config, schema) ?? {},
    };
    const outcome = await runOperation(session.input(changeName(change, typeName), plannedPrivate), (context) =>
      applyChange(resource, change, context),
    );
    const state = outcome.failed ? stateAfterFailure(change, outcome.checkpoint) : (outcome.result ?? null);
    return {
      newState: pack(state, schema),
      private: outcome.private,
      legacyTypeSystem: true,
      diagnostics: diagnosticMessages(outcome.diagnostics),
    };
  };
}
