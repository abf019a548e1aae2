import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type JestReport, totalOf } from "./totals";

const root = join(__dirname, "..");
const REPORTS = join(root, "temp/reports");
const PAGE = join(root, "docs/engines.md");
const BEGIN = "<!-- prettier-ignore-start -->";
const END = "<!-- prettier-ignore-end -->";

/** What a run of the tests on one engine came to. */
export interface EngineRun {
  /** As `script/engine` has it: `28.5-containerd`. */
  readonly engine: string;
  readonly version: string;
  readonly report: JestReport & { readonly startTime: number };
}

/** The page with the table between its two markers renewed. */
export function withRuns(page: string, runs: readonly EngineRun[], machine: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`the page must hold the markers "${BEGIN}" and "${END}", in this order`);
  const head = ["Engine", "Image store", "Day", "Passed", "Failed", "Skipped"];
  const rows = [head, head.map(() => "---"), ...runs.map(cells)].map((row) => `| ${row.join(" | ")} |`);
  return `${page.slice(0, begin)}${BEGIN}\n\n${rows.join("\n")}\n\nWith ${machine}.\n\n${page.slice(end)}`;
}

function cells({ engine, version, report }: EngineRun): string[] {
  const { passed, failed, skipped } = totalOf(report);
  const store = engine.endsWith("-containerd") ? "containerd" : "classic";
  return [`Docker ${version}`, store, new Date(report.startTime).toISOString().slice(0, 10), ...[passed, failed, skipped].map(String)];
}

function readRuns(): EngineRun[] {
  const names = readdirSync(REPORTS).flatMap((file) => /^docker-(.*)\.json$/.exec(file)?.[1] ?? []);
  return names.sort().map((engine) => {
    const read = (extension: string): string => readFileSync(join(REPORTS, `docker-${engine}.${extension}`), "utf8");
    return { engine, version: read("version").trim(), report: JSON.parse(read("json")) as EngineRun["report"] };
  });
}

function machine(): string {
  const terraform = JSON.parse(execFileSync("terraform", ["version", "-json"], { encoding: "utf8" })) as { terraform_version: string };
  return `terraform ${terraform.terraform_version}, Node.js ${process.versions.node}`;
}

/** Writes the last run of `script/test engines` into the documents. */
if (require.main === module) writeFileSync(PAGE, withRuns(readFileSync(PAGE, "utf8"), readRuns(), machine()));
