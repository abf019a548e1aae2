import { isAbsolute, join, relative } from "node:path";
import type { TerraformStack } from "cdktf";
import {
  EmbeddedDockerProvider,
  keepStateLocally,
  type JsonFileOptions,
  LogDriver,
  type ProviderSource,
  PublicDockerProvider,
  Refusal,
  setStackDefaults,
} from "../constructs";
import { formatFaults, type Fault } from "./fault";

/** What of an environment concerns the stack as a whole. */
export interface StackSettings {
  readonly name: string;
  readonly provider: ProviderSource;
  readonly host: string;
  readonly tlsCertPath: string | undefined;
  readonly log: JsonFileOptions;
  readonly faults: readonly Fault[];
}

/** Terraform runs in `cdktf.out/stacks/NAME`. */
const TO_PROJECT = "../../..";

/** Gives a stack the environment's provider, state and container defaults; with faults, every plan of it fails with their message. */
export function configureStack(stack: TerraformStack, environment: StackSettings): void {
  const { faults, name, tlsCertPath } = environment;
  const host = faults.length === 0 ? environment.host : new Refusal(stack, "Settings", formatFaults(name, faults), environment.host).passed;
  const Provider = environment.provider === "embedded" ? EmbeddedDockerProvider : PublicDockerProvider;
  new Provider(stack, "docker", { host, ...(tlsCertPath === undefined ? {} : { certPath: fromStack(tlsCertPath) }) });
  keepStateLocally(stack);
  setStackDefaults(stack, { log: LogDriver.jsonFile(environment.log), environment: name });
}

/** A relative path is meant from the project's folder, as the settings' reader checked it. */
function fromStack(path: string): string {
  return isAbsolute(path) ? path : join(TO_PROJECT, relative(process.cwd(), path) || ".");
}
