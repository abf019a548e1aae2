import type { Engine } from "../engine";
import type { AttributePath, Diagnostic } from "./diagnostic";
import type { Log } from "./log";
import type { RegistryAuth } from "./registry-auth";
import type { ResourceSchema } from "./schema";
import type { ObjectValue } from "./value";

/** What every operation of a resource may use. One is made per call of Terraform. */
export interface OperationContext {
  readonly engine: Engine;
  readonly log: Log;
  /** Aborted when Terraform asks the provider to stop. */
  readonly signal: AbortSignal;
  /** Credentials of the provider block for a registry (`docker.io`, `registry.example:5000`), if it has any. */
  readonly registryAuth: (address: string) => Promise<RegistryAuth | undefined>;
  /** Bytes that Terraform stored beside the state at the last apply; empty when there are none. */
  readonly priorPrivate: Uint8Array;
  /** Stores bytes beside the state; without a call the prior ones are kept. */
  setPrivate(bytes: Uint8Array): void;
  /** Shows a warning to the user together with the result. */
  warn(summary: string, detail: string, path?: AttributePath): void;
  /** Says what exists by now: when the create fails after that, Terraform stores it as tainted and nothing is orphaned. */
  checkpoint(state: ObjectValue): void;
}

/** What a resource may adjust in a plan that the planner has already derived from the schema. */
export interface PlanAdjustment {
  /** The planned state. */
  readonly planned: ObjectValue;
  /** Names of top-level attributes and blocks whose change replaces the object. */
  readonly replace: readonly string[];
}

/** The input of {@link Resource.plan}. */
export interface PlanRequest extends PlanAdjustment {
  /** `null` when the object is created. */
  readonly prior: ObjectValue | null;
  readonly config: ObjectValue;
}

/**
 * A managed resource: one file, in this order. States are complete objects: every attribute of the schema is there,
 * block lists are arrays. `create` and `update` get the planned state and return the state afterwards; of what they
 * return only the attributes that the plan left unknown are taken, so they may simply return what `read` returns.
 */
export interface Resource {
  readonly schema: ResourceSchema;
  /** Faults of a configuration that the schema does not express. Values may be unknown. */
  validate?(config: ObjectValue): readonly Diagnostic[];
  /** Adjusts the plan (not called for a destroy). `context.engine` may be asked, never changed. */
  plan?(request: PlanRequest, context: OperationContext): Promise<PlanAdjustment> | PlanAdjustment;
  create(planned: ObjectValue, context: OperationContext, config: ObjectValue): Promise<ObjectValue>;
  /** The state as the daemon has it, or `null` when the object is gone. A prior `null` stays where the daemon shows its default. */
  read(state: ObjectValue, context: OperationContext): Promise<ObjectValue | null>;
  /** Absent when every change replaces the object. */
  update?(prior: ObjectValue, planned: ObjectValue, context: OperationContext, config: ObjectValue): Promise<ObjectValue>;
  delete(state: ObjectValue, context: OperationContext): Promise<void>;
  /** Absent when the resource cannot be imported. */
  import?(id: string, context: OperationContext): Promise<ObjectValue>;
}

/** A data source: schema and read. */
export interface DataSource {
  readonly schema: ResourceSchema;
  read(config: ObjectValue, context: OperationContext): Promise<ObjectValue>;
}
