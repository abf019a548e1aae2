import { isAbsolute, join, relative } from "node:path";
import type { TerraformStack } from "cdktf";
import {
  EmbeddedDockerProvider,
  type JsonFileOptions,
  LogDriver,
  type ProviderSource,
  PublicDockerProvider,
  Refusal,
  setStackDefaults,
} from "../constructs";
import { addPolicies, allow, type PolicyOptions } from "../policies/adapter";
import { formatFaults, type Fault } from "./fault";
import { stateBackend } from "./rules/state";

/** What of an environment concerns the stack as a whole. */
export interface StackSettings {
  readonly name: string;
  readonly project: string | undefined;
  readonly provider: ProviderSource;
  readonly host: string;
  readonly tlsCertPath: string | undefined;
  readonly log: JsonFileOptions;
  readonly policies: PolicyOptions;
  readonly state: string;
  readonly faults: readonly Fault[];
}

/** Terraform runs in `cdktf.out/stacks/NAME`. */
const TO_PROJECT = "../../..";

/** Gives a stack the environment's provider, state, container defaults and policies; with faults, every plan of it fails with their message. */
export function configureStack(stack: TerraformStack, environment: StackSettings): void {
  const { faults, name, project, tlsCertPath } = environment;
  const host = faults.length === 0 ? environment.host : new Refusal(stack, "Settings", formatFaults(name, faults), environment.host).passed;
  const Provider = environment.provider === "embedded" ? EmbeddedDockerProvider : PublicDockerProvider;
  new Provider(stack, "docker", { host, ...(tlsCertPath === undefined ? {} : { certPath: fromStack(tlsCertPath) }) });
  keepState(stack, environment.state);
  setStackDefaults(stack, { log: LogDriver.jsonFile(environment.log), environment: name, ...(project === undefined ? {} : { project }) });
  addPolicies(stack, { ...environment.policies, inputs: [`.env.${name}`] });
  allow("CIS-5.15", { on: stack, optional: true, because: COMES_BACK });
  if (environment.provider === "kreuzwerker") allow("CIS-5.29", { on: stack, optional: true, because: NO_PIDS_LIMIT });
}

const COMES_BACK =
  "a service has to come back after the engine or the host restarts, also when it ended with 0: on-failure leaves it stopped; the engine waits longer after each failure, up to a minute";
const NO_PIDS_LIMIT = "PROVIDER=kreuzwerker was chosen, which has no attribute for it";

function keepState(stack: TerraformStack, place: string): void {
  const outcome = stateBackend(place);
  // The reader has put the default in place of what is faulty.
  if ("value" in outcome) outcome.value.bind(stack);
}

/** A relative path is meant from the project's folder, as the settings' reader checked it. */
function fromStack(path: string): string {
  return isAbsolute(path) ? path : join(TO_PROJECT, relative(process.cwd(), path) || ".");
}
