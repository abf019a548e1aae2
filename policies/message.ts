import { errorsOf, type Report } from "./finding";

/** What a plan that is stopped says: every error, a line each. */
export function refusalMessage(report: Report): string {
  const errors = errorsOf(report);
  const count = errors.length === 1 ? "1 rule is broken" : `${errors.length} rules are broken`;
  const mend = 'mend them, or allow("ID", { on: construct, because: "..." })';
  return [`POLICIES: ${report.stack}: ${count}; nothing is applied; ${mend}`, ...errors.map(({ message }) => `  ${message}`)].join("\n");
}
