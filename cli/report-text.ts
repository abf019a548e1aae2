import { errorsOf, type Report } from "../policies/finding";
import { printable } from "../policies/printable";

const WIDTH = "warning  ".length;

/** A report for people: a line for each stack, each finding and each exception that was needed. */
export function reportText(reports: readonly Report[], rules: number): string {
  return reports.map((report) => [headLine(report, rules), ...findingLines(report), ...exceptionLines(report)].join("\n")).join("\n\n");
}

function headLine(report: Report, rules: number): string {
  const errors = errorsOf(report).length;
  const warnings = report.findings.length - errors;
  const allowed = report.allowed.length === 0 ? "" : `, ${report.allowed.length} allowed`;
  return `${printable(report.stack)}: ${plural(report.containers, "container")}, ${rules} rules: ${plural(errors, "error")}, ${plural(warnings, "warning")}${allowed}`;
}

const findingLines = ({ findings }: Report): string[] => findings.map(({ severity, message }) => `${severity.padEnd(WIDTH)}${message}`);

const exceptionLines = ({ exceptions }: Report): string[] =>
  exceptions
    .filter(({ findings }) => findings > 0)
    .map(
      ({ rule, on, findings, because }) =>
        `${"allowed".padEnd(WIDTH)}${rule} on ${printable(on)}, ${plural(findings, "time")}: ${printable(because)}`,
    );

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
