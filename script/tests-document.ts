import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type JestReport, totalOf } from "./totals";

const root = join(__dirname, "..");
const REPORTS = join(root, "temp/reports");
const PAGE = join(root, "docs/tests.md");
const BEGIN = "<!-- prettier-ignore-start -->";
const END = "<!-- prettier-ignore-end -->";
const HEAD = ["Suite", "Engine", "Day", "Minutes", "Passed", "Failed", "Skipped", "With"];

/** What a run of one suite came to. */
export interface SuiteRun {
  /** As `script/test` has it; that of an engine as `script/engine` has it: `docker-28.5-containerd`. */
  readonly suite: string;
  /** The engine's version, and of a suite that has a kernel of its own that of the kernel. */
  readonly engine: string;
  readonly report: JestReport & { readonly startTime: number; readonly testResults: readonly { readonly endTime: number }[] };
}

/** The page with the table between its two markers renewed: a suite that has not run this time keeps its row. */
export function withRuns(page: string, runs: readonly SuiteRun[], machine: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`the page must hold the markers "${BEGIN}" and "${END}", in this order`);
  const rows = new Map(rowsOf(page.slice(begin, end)).map((row) => [row[0], row]));
  for (const run of runs) rows.set(run.suite, cells(run, machine));
  const lines = [HEAD, HEAD.map(() => "---"), ...rows.values()].map((row) => `| ${row.join(" | ")} |`);
  return `${page.slice(0, begin)}${BEGIN}\n\n${lines.join("\n")}\n\n${page.slice(end)}`;
}

function rowsOf(table: string): string[][] {
  const rows = table.split("\n").filter((line) => line.startsWith("| "));
  return rows.slice(2).map((line) => line.slice(2, -2).split(" | "));
}

function cells({ suite, engine, report }: SuiteRun, machine: string): string[] {
  const { passed, failed, skipped } = totalOf(report);
  const minutes = (Math.max(report.startTime, ...report.testResults.map(({ endTime }) => endTime)) - report.startTime) / 60_000;
  const day = new Date(report.startTime).toISOString().slice(0, 10);
  return [suite, `Docker ${engine}`, day, minutes.toFixed(1), ...[passed, failed, skipped].map(String), machine];
}

function readRuns(): SuiteRun[] {
  const host = output("docker", ["version", "--format", "{{.Server.Version}}"]);
  const names = readdirSync(REPORTS).flatMap((file) => /^(.*)\.json$/.exec(file)?.[1] ?? []);
  return names.sort().map((suite) => {
    const read = (extension: string): string => readFileSync(join(REPORTS, `${suite}.${extension}`), "utf8");
    return {
      suite,
      engine: existsSync(join(REPORTS, `${suite}.version`)) ? read("version").trim() : host,
      report: JSON.parse(read("json")) as SuiteRun["report"],
    };
  });
}

const output = (command: string, words: readonly string[]): string => execFileSync(command, words, { encoding: "utf8" }).trim();

function machine(): string {
  const terraform = JSON.parse(output("terraform", ["version", "-json"])) as { terraform_version: string };
  return `${output("git", ["rev-parse", "--short", "HEAD"])}, terraform ${terraform.terraform_version}, Node.js ${process.versions.node}`;
}

/** Writes what the last run of `script/test` came to into the documents. */
if (require.main === module) writeFileSync(PAGE, withRuns(readFileSync(PAGE, "utf8"), readRuns(), machine()));
