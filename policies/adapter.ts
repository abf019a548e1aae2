import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { AnnotationMetadataEntryType, type ISynthesisSession, type StackAnnotation, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { ConstructError } from "../constructs/errors";
import { EXCEPTION } from "../constructs/exemption";
import { isObject } from "./attributes";
import { evaluate } from "./evaluate";
import type { Exception } from "./exception";
import { errorsOf, type Report } from "./finding";
import { refusalMessage } from "./message";
import { programFiles } from "./program-files";
import { RECORD_FILE, type PolicyRecord } from "./record";
import { refuse } from "./refuse";
import { isRuleId, ruleIds, type RuleId } from "./registry";
import { filesIn } from "./stack-files";
import type { Profile, Severity } from "./severity";
import { fromTerraformJson } from "./terraform-json";

/** How a stack is judged when it is synthesised. */
export interface PolicyOptions {
  /** How strict it is by itself: in `dev` errors are warnings. @default "prod" */
  readonly profile?: Profile;
  /** What rules weigh here. @default - what they say themselves */
  readonly severities?: Readonly<Partial<Record<RuleId, Severity>>>;
  /** Memory that the host has for the stack. @default - the sum of the caps is not judged */
  readonly hostMemoryMiB?: number | undefined;
  /** Files that decide the stack beside the program's modules, from the working directory. @default - none */
  readonly inputs?: readonly string[];
}

export interface AllowOptions {
  /** What it holds for, with everything below it. */
  readonly on: IConstruct;
  /** Why the rule may be broken here: it stands in every report. */
  readonly because: string;
  /** Not reported where nothing needs it, as in some environments. @default false */
  readonly optional?: boolean;
}

/**
 * Lets a construct break a rule, for a reason.
 *
 * @throws ConstructError `RULE` for an unknown id, `EXCEPTION_REASON` without a reason
 */
export function allow(rule: RuleId, { on, because, optional = false }: AllowOptions): void {
  if (!isRuleId(rule)) throw new ConstructError("RULE", `rule must be one of ${ruleIds.join(", ")}, got ${JSON.stringify(rule)}`, on);
  if (because.trim() === "") {
    throw new ConstructError("EXCEPTION_REASON", `because must say why ${rule} may be broken here, got none; write a sentence`, on);
  }
  const exception: Exception = { rule, on: on.node.path, because, optional };
  on.node.addMetadata(EXCEPTION, exception);
}

/**
 * Judges a stack as it is rendered at last, aspects and overrides included. Warnings are told at synth; an error lets every plan of this stack
 * fail with a message that names all of them. What was decided is written to `policies.json` beside the stack's Terraform JSON, where
 * `tiers check` finds it.
 */
export function addPolicies(stack: TerraformStack, options: PolicyOptions = {}): void {
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize(session: ISynthesisSession): void {
      synthesizer.synthesize(session);
      const manifest = session.manifest.forStack(stack);
      const record = recordOf(stack, options);
      const report = judge(join(session.outdir, manifest.synthesizedStackPath), record);
      writeJson(join(session.outdir, manifest.workingDirectory, RECORD_FILE), record);
      manifest.annotations.push(...warningsOf(report));
    },
  };
}

function recordOf(stack: TerraformStack, { profile = "prod", severities = {}, hostMemoryMiB, inputs = [] }: PolicyOptions): PolicyRecord {
  return {
    stack: stack.node.path,
    profile,
    severities,
    exceptions: exceptionsOf(stack),
    ...(hostMemoryMiB === undefined ? {} : { hostMemoryMiB }),
    program: programFiles(process.cwd(), Object.keys(require.cache), ["package-lock.json", ...inputs]),
  };
}

/** Those of what the stack is part of, and of its constructs, in the order of the tree. */
function exceptionsOf(stack: TerraformStack): Exception[] {
  const metadata = [...stack.node.scopes.slice(0, -1), ...stack.node.findAll()].flatMap(({ node }) => node.metadata);
  return metadata.filter(({ type }) => type === EXCEPTION).map(({ data }) => data as Exception);
}

/** Reports on what was written, and lets it fail in the plan when there are errors. */
function judge(file: string, record: PolicyRecord): Report {
  const json: unknown = JSON.parse(readFileSync(file, "utf8"));
  const { stack: name, hostMemoryMiB } = record;
  const declared = fromTerraformJson(json, name, filesIn(dirname(file)));
  const report = evaluate({ ...(declared ?? { name, containers: [], providers: [] }), hostMemoryMiB }, record);
  if (errorsOf(report).length > 0 && isObject(json)) writeJson(file, refuse(json, name, refusalMessage(report)));
  return report;
}

const warningsOf = ({ findings }: Report): StackAnnotation[] =>
  findings
    .filter(({ severity }) => severity === "warning")
    .map(({ path, message }) => ({ constructPath: path, level: AnnotationMetadataEntryType.WARN, message }));

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
}
