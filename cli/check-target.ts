import { readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { isObject } from "../policies/attributes";
import type { PolicySettings } from "../policies/evaluate";
import { changedFiles } from "../policies/program-files";
import { parseRecord, RECORD_FILE, type PolicyRecord } from "../policies/record";
import type { RenderedStack } from "../policies/rendered-container";
import { filesIn } from "../policies/stack-files";
import { fromTerraformJson } from "../policies/terraform-json";
import { fromTerraformPlan } from "../policies/terraform-plan";
import { Failure } from "./failure";
import { requireStack, stackNames, SYNTH } from "./stack-names";

/** Something to check, and how it is judged. */
export interface CheckTarget {
  /** File that it was read from, from the project's directory. */
  readonly file: string;
  readonly stack: RenderedStack;
  readonly settings: PolicySettings;
}

/** Where the project is. */
export interface Project {
  readonly directory: string;
  /** Directory that synth writes to, from the project's. */
  readonly synthesised: string;
}

/**
 * What a command line's argument means: a file of Terraform JSON, an environment, or all environments.
 *
 * @throws Failure for what is not there, cannot be read, or was not made by the program as it is
 */
export function checkTargets(project: Project, target: string | undefined): CheckTarget[] {
  const { directory, synthesised } = project;
  const output = join(directory, synthesised);
  if (target === undefined) return stackNames(output).map((name) => environmentTarget(project, name));
  if (isFile(resolve(directory, target))) return [fileTarget(directory, target)];
  if (/[/\\]|\.json$/.test(target)) {
    throw new Failure(
      "usage",
      `CHECK_TARGET: target must be an environment or a file of Terraform JSON, got "${target}", which is not there`,
    );
  }
  requireStack(output, target);
  return [environmentTarget(project, target)];
}

function environmentTarget({ directory, synthesised }: Project, name: string): CheckTarget {
  const stack = join(synthesised, "stacks", name);
  const record = readRecord(join(directory, stack));
  if (record !== undefined) refuseStale(directory, stack, record);
  return fileTarget(directory, join(stack, "cdk.tf.json"));
}

/** A deploy synthesises anew: what is checked must be what would be deployed. */
function refuseStale(directory: string, stack: string, record: PolicyRecord): void {
  const [first, ...others] = changedFiles(directory, record.program);
  if (first === undefined) return;
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  throw new Failure(
    "environment",
    `STALE: ${stack} must be made by the program as it is, got a change of ${first}${more} since; run: ${SYNTH}`,
  );
}

function fileTarget(directory: string, file: string): CheckTarget {
  const path = resolve(directory, file);
  const json = readJson(path, file);
  const record = readRecord(dirname(path));
  const [name, files] = [record?.stack ?? file, filesIn(dirname(path))];
  const stack = fromTerraformPlan(json, name, files) ?? fromTerraformJson(json, name, files);
  if (stack === undefined) {
    throw new Failure(
      "usage",
      `CHECK_TARGET: ${file} must be Terraform JSON, got something else; make it by: terraform show -json PLAN > plan.json`,
    );
  }
  return { file, stack: { ...stack, hostMemoryMiB: record?.hostMemoryMiB }, settings: record ?? { profile: "prod" } };
}

/** What the program said about its policies; a file of another program has nothing of the kind. */
function readRecord(directory: string): PolicyRecord | undefined {
  const text = filesIn(directory)(RECORD_FILE);
  return text === undefined ? undefined : parseRecord(parse(text));
}

function readJson(path: string, shown: string): unknown {
  const json = parse(readText(path, shown));
  if (json === undefined) throw new Failure("usage", `CHECK_TARGET: ${shown} must be Terraform JSON, got text that is no JSON`);
  if (isFailedPlan(json)) {
    throw new Failure(
      "environment",
      `CHECK_TARGET: ${shown} must be a whole plan, got one that failed; mend what terraform plan says first`,
    );
  }
  return json;
}

const isFailedPlan = (json: unknown): boolean => isObject(json) && json["errored"] === true;

function readText(path: string, shown: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new Failure("environment", `NOT_SYNTHESISED: ${shown} must be readable, got nothing; run: ${SYNTH}`, { cause });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
