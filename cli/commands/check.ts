import { evaluate } from "../../policies/evaluate";
import { errorsOf } from "../../policies/finding";
import { rules } from "../../policies/registry";
import type { Profile } from "../../policies/severity";
import { checkTargets, type Project } from "../check-target";
import { Failure } from "../failure";
import { packageVersion } from "../package-version";
import type { Output } from "../progress";
import { reportJson } from "../report-json";
import { reportSarif, type FileReport } from "../report-sarif";
import { reportText } from "../report-text";

/** What the command needs of its surroundings. */
export interface CheckPorts extends Project {
  readonly output: Output;
}

export interface CheckOptions {
  /** @default "table" */
  readonly format?: CheckFormat;
  /** How strict to be. @default - what the program says, and `prod` for a file of another program */
  readonly as?: Profile;
}

export type CheckFormat = "table" | "json" | "sarif";

/** The surroundings of a command that a person runs. */
export function systemPorts(output: Output): CheckPorts {
  return { output, directory: process.cwd(), synthesised: "cdktf.out" };
}

/**
 * Judges what is declared by the rules, and prints the report.
 *
 * @param target - an environment or a file of Terraform JSON; none stands for all environments
 * @throws Failure `failed` when there is an error, others for a target that cannot be checked
 */
export function check(ports: CheckPorts, target: string | undefined, { format = "table", as }: CheckOptions = {}): void {
  const reports = checkTargets(ports, target).map(({ file, stack, settings }): FileReport => {
    return { file, report: evaluate(stack, as === undefined ? settings : { ...settings, profile: as }) };
  });
  ports.output.line(formatted(reports, format));
  const errors = reports.flatMap(({ report }) => errorsOf(report));
  if (errors.length > 0) {
    const count = errors.length === 1 ? "1 error" : `${errors.length} errors`;
    throw new Failure(
      "failed",
      `CHECK: what is declared must keep the rules, got ${count}; docs/policies.md says why and how to mend them`,
    );
  }
}

function formatted(files: readonly FileReport[], format: CheckFormat): string {
  const reports = files.map(({ report }) => report);
  switch (format) {
    case "table":
      return reportText(reports, rules.length);
    case "json":
      return reportJson(reports);
    case "sarif":
      return reportSarif(files, rules, packageVersion());
  }
}
