import { readFileSync } from "node:fs";
import { join } from "node:path";

import { countOf, diagnose } from "../../doctor/diagnosis";
import { read, type ReadingPorts } from "../../doctor/read";
import { checks } from "../../doctor/registry";
import { shellOf, terraformVersion } from "../../doctor/shell";
import type { StackNeeds } from "../../doctor/stack-needs";
import { readNeeds } from "../../doctor/stack-reader";
import { Engine, type EngineOptions } from "../../engine";
import { checkTargets, type Project } from "../check-target";
import { doctorJson } from "../doctor-json";
import { doctorText } from "../doctor-text";
import { Failure } from "../failure";
import type { Output } from "../progress";
import { requireStack } from "../stack-names";
import { readStack } from "../stack-output";

/** What the command needs of its surroundings. */
export interface DoctorPorts extends Project, ReadingPorts {
  readonly output: Output;
}

export interface DoctorOptions {
  /** @default "table" */
  readonly format?: "table" | "json";
}

/** The surroundings of a command that a person runs. */
export function systemPorts(output: Output): DoctorPorts {
  return {
    output,
    directory: process.cwd(),
    synthesised: "cdktf.out",
    openEngine: (options) => new Engine(options),
    openShell: shellOf,
    terraformVersion,
    now: () => Date.now(),
  };
}

/**
 * Looks at a host before the deploy, and prints what is wrong with what mends it. Changes nothing.
 *
 * @param environment - as synthesised; without one, the engine of this machine is looked at, and no stack
 * @throws Failure `failed` when there is an error; others, EngineError and EngineHostError when it cannot be looked at
 */
export async function doctor(ports: DoctorPorts, environment: string | undefined, { format = "table" }: DoctorOptions = {}): Promise<void> {
  const { engine, needs } = environment === undefined ? LOCAL : ofEnvironment(ports, environment);
  const diagnosis = diagnose(await read(ports, engine, needs), checks);
  ports.output.line(format === "json" ? doctorJson(diagnosis) : doctorText(diagnosis, checks.length));
  const errors = countOf(diagnosis, "error");
  if (errors === 0) return;
  const count = errors === 1 ? "1 error" : `${String(errors)} errors`;
  throw new Failure(
    "failed",
    `DOCTOR: ${diagnosis.address} must be fit for a deploy, got ${count}; do what stands below each, and run it again`,
  );
}

interface Patient {
  readonly engine: EngineOptions;
  readonly needs?: StackNeeds;
}

const LOCAL: Patient = { engine: {} };

function ofEnvironment(ports: DoctorPorts, name: string): Patient {
  const output = join(ports.directory, ports.synthesised);
  requireStack(output, name);
  const [target] = checkTargets(ports, name);
  if (target === undefined) return LOCAL;
  const json: unknown = JSON.parse(readFileSync(join(ports.directory, target.file), "utf8"));
  return { engine: readStack(output, name).engine, needs: readNeeds({ ...target.stack, name }, json) };
}
