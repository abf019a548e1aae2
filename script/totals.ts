import { readFileSync } from "node:fs";

/** The counts of `jest --json` that are used here. */
export interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** Files that failed before or outside of their tests. */
  readonly numRuntimeErrorTestSuites: number;
  readonly success: boolean;
}

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A file that did not run counts as one failure, and so does a run that calls itself unsuccessful without naming a test. */
export function totalOf(report: JestReport): Totals {
  const failures = report.numFailedTests + report.numRuntimeErrorTestSuites;
  return {
    passed: report.numPassedTests,
    failed: failures === 0 && !report.success ? 1 : failures,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** A suite without a readable report counts as one failure. */
export function sumOf(reports: readonly (JestReport | undefined)[], failedSteps: number): Totals {
  const start: Totals = { passed: 0, failed: failedSteps, skipped: 0 };
  return reports
    .map((report) => (report === undefined ? { passed: 0, failed: 1, skipped: 0 } : totalOf(report)))
    .reduce(
      (sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed, skipped: sum.skipped + one.skipped }),
      start,
    );
}

export function readReport(file: string): JestReport | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as JestReport;
  } catch {
    return undefined;
  }
}

/** Arguments: how many steps failed, then the report files. Exit code 1 when anything failed or nothing passed. */
if (require.main === module) {
  const [failedSteps = "0", ...files] = process.argv.slice(2);
  const { passed, failed, skipped } = sumOf(files.map(readReport), Number(failedSteps));
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
