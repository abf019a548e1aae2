import { errorsOf, type Report } from "../policies/finding";

/** A report for programs. Fields may be added; those that are there stay. */
export function reportJson(reports: readonly Report[]): string {
  const stacks = reports.map((report) => {
    const errors = errorsOf(report).length;
    return { ...report, errors, warnings: report.findings.length - errors };
  });
  return JSON.stringify({ version: 1, errors: stacks.reduce((sum, { errors }) => sum + errors, 0), stacks }, undefined, 2);
}
