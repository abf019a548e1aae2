import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type JestReport, sumOf, totalOf } from "../../script/totals";

const report = (counts: Partial<JestReport> = {}): JestReport => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
  success: true,
  ...counts,
});

describe("the last line of script/test", () => {
  it("adds up all suites", () => {
    const reports = [report({ numPassedTests: 3, numPendingTests: 1 }), report({ numPassedTests: 4, numTodoTests: 2 })];
    expect(sumOf(reports, 0)).toEqual({ passed: 7, failed: 0, skipped: 3 });
  });

  it("counts a file that did not run as a failure", () => {
    expect(totalOf(report({ numPassedTests: 3, numRuntimeErrorTestSuites: 2, success: false })).failed).toBe(2);
  });

  it("counts a run that is unsuccessful for another reason as a failure", () => {
    expect(totalOf(report({ numPassedTests: 3, success: false })).failed).toBe(1);
  });

  it("counts a suite without a report, and each failed step, as a failure", () => {
    expect(sumOf([report({ numPassedTests: 1 }), undefined], 2)).toEqual({ passed: 1, failed: 3, skipped: 0 });
  });
});

describe("script/totals.ts", () => {
  const directory = mkdtempSync(join(tmpdir(), "totals-"));
  afterAll(() => rmSync(directory, { recursive: true }));

  const run = (...args: string[]) =>
    spawnSync("node", ["-r", "ts-node/register/transpile-only", "script/totals.ts", ...args], { encoding: "utf8" });
  const write = (name: string, content: JestReport): string => {
    const file = join(directory, name);
    writeFileSync(file, JSON.stringify(content));
    return file;
  };

  it("prints one line and succeeds when nothing failed", () => {
    const file = write("good.json", report({ numPassedTests: 5 }));
    expect(run("0", file)).toMatchObject({ stdout: "5 passed, 0 failed, 0 skipped\n", status: 0 });
  });

  it("fails when a test failed", () => {
    const file = write("bad.json", report({ numPassedTests: 5, numFailedTests: 1, success: false }));
    expect(run("0", file)).toMatchObject({ stdout: "5 passed, 1 failed, 0 skipped\n", status: 1 });
  });

  it("fails when no test ran", () => {
    expect(run("0", write("none.json", report()))).toMatchObject({ stdout: "0 passed, 0 failed, 0 skipped\n", status: 1 });
  });

  it("fails when a report is missing", () => {
    expect(run("0", join(directory, "missing.json"))).toMatchObject({ stdout: "0 passed, 1 failed, 0 skipped\n", status: 1 });
  });
});

describe("script/packages-installed.cjs", () => {
  const script = join(process.cwd(), "script/packages-installed.cjs");
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "packages-"));
    execFileSync("mkdir", [join(directory, "node_modules")]);
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const status = (wanted: object, installed: object | undefined): number | null => {
    writeFileSync(join(directory, "package-lock.json"), JSON.stringify({ packages: wanted }));
    if (installed) writeFileSync(join(directory, "node_modules/.package-lock.json"), JSON.stringify({ packages: installed }));
    return spawnSync("node", [script], { cwd: directory }).status;
  };

  it("is content when all versions are installed, without packages of other platforms", () => {
    const lock = { "": { name: "x" }, "node_modules/a": { version: "1.0.0" }, "node_modules/b": { version: "2.0.0", optional: true } };
    expect(status(lock, { "node_modules/a": { version: "1.0.0" } })).toBe(0);
  });

  it("fails without node_modules", () => {
    expect(status({ "node_modules/a": { version: "1.0.0" } }, undefined)).toBe(1);
  });

  it("fails for another version", () => {
    expect(status({ "node_modules/a": { version: "1.0.1" } }, { "node_modules/a": { version: "1.0.0" } })).toBe(1);
  });

  it("fails for a package that is not there", () => {
    expect(status({ "node_modules/a": { version: "1.0.0" } }, {})).toBe(1);
  });
});
