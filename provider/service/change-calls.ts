import type { ServiceImpl } from "@connectrpc/connect";
import { applyChange, changeName, stateAfterFailure, type Change } from "../apply";
import { diagnosticMessages, pathMessage } from "../diagnostic-message";
import type { ApplyResourceChange_Request, Provider } from "../gen/provider_pb";
import { runOperation, type Outcome } from "../operation";
import { planBlock, replacedBy } from "../planner";
import type { PlanRequest, Resource } from "../resource";
import type { Block } from "../schema";
import type { ObjectValue } from "../value";
import { pack, unpack, unpackOptional, type Dynamic } from "./dynamic";
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
  return async (request) => {
    const { typeName, priorState, plannedPrivate } = request;
    const asked = await runOperation(session.input(`read a change of ${typeName}`, plannedPrivate), () => readChange(session, request));
    // What cannot be read is not begun: the state stays.
    if (!asked.result) return applied(priorState, asked);
    const { resource, change } = asked.result;
    const outcome = await runOperation(session.input(changeName(change, typeName), plannedPrivate), (context) =>
      applyChange(resource, change, context),
    );
    const state = outcome.failed ? stateAfterFailure(change, outcome.checkpoint) : (outcome.result ?? null);
    return applied(pack(state, resource.schema), outcome);
  };
}

function readChange(session: Session, request: ApplyResourceChange_Request): { resource: Resource; change: Change } {
  const resource = session.resource(request.typeName);
  const { schema } = resource;
  const change = {
    prior: unpackOptional(request.priorState, schema),
    planned: unpackOptional(request.plannedState, schema),
    config: unpackOptional(request.config, schema) ?? {},
  };
  return { resource, change };
}

function applied(state: Dynamic | undefined, outcome: Outcome<unknown>): Awaited<ReturnType<Service["applyResourceChange"]>> {
  return {
    ...(state ? { newState: state } : {}),
    private: outcome.private,
    legacyTypeSystem: true,
    diagnostics: diagnosticMessages(outcome.diagnostics),
  };
}
