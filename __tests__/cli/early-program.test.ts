import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startProgramEarly } from "../../cli/early-program";

/** What cdktf 0.21 tells a program that was asked for nothing else. */
const TOLD = {
  CDKTF_OUTDIR: "cdktf.out",
  CDKTF_CONTEXT_JSON: '{"cdktfRelativeModules":[]}',
  CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "true",
  NODE_ENV: "production",
  SYNTH_HCL_OUTPUT: "false",
};

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "docker-tiers-early-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const project = (file: object): void => writeFileSync(join(directory, "cdktf.json"), JSON.stringify(file));
const started = (...args: string[]): readonly string[] => startProgramEarly({ args, directory, env: process.env });

/** Runs what cdktf would run, and tells it the same or something else. */
function cdktfRuns(args: readonly string[], told: object = TOLD): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync("sh", ["-c", args.at(-1) ?? ""], {
    cwd: directory,
    env: { ...process.env, ...told },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const runs = (): string[] => readFileSync(join(directory, "runs"), "utf8").trim().split("\n");

describe("a program that is started early", () => {
  it("runs once: cdktf takes what it printed, and its status", () => {
    project({ app: 'echo "in $CDKTF_OUTDIR" | tee -a runs; echo aside >&2; sh -c "exit 3"' });
    const args = started("deploy", "dev");
    expect(args.slice(0, -1)).toEqual(["deploy", "dev", "--app"]);
    expect(cdktfRuns(args)).toEqual({ status: 3, stdout: "in cdktf.out\n", stderr: "aside\n" });
    expect(runs()).toEqual(["in cdktf.out"]);
  });

  it("is taken from a temporary folder of any name", () => {
    const temporary = join(directory, "it's");
    mkdirSync(temporary);
    project({ app: "echo here; pwd >&2" });
    const before = process.env["TMPDIR"];
    process.env["TMPDIR"] = temporary;
    const args = started("deploy", "dev");
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
    expect(cdktfRuns(args)).toEqual({ status: 0, stdout: "here\n", stderr: `${realpathSync(directory)}\n` });
  });

  it("is run anew when cdktf tells it something else", () => {
    project({ app: 'echo "in $CDKTF_OUTDIR" | tee -a runs' });
    const args = started("deploy", "dev");
    cdktfRuns(args);
    expect(cdktfRuns(args, { ...TOLD, CDKTF_OUTDIR: "elsewhere" })).toEqual({ status: 0, stdout: "in elsewhere\n", stderr: "" });
    expect(runs()).toEqual(["in cdktf.out", "in elsewhere"]);
  });

  it.each([["--app=x"], ["-a"], ["--output"], ["-o"], ["--hcl"], ["--skip-synth"], ["--context=a"]])(
    "is left to cdktf when the command line says %s",
    (option) => {
      project({ app: "touch runs" });
      expect(started("deploy", "dev", option)).toEqual(["deploy", "dev", option]);
      expect(existsSync(join(directory, "runs"))).toBe(false);
    },
  );

  it.each([{}, { app: "touch runs", context: { a: 1 } }, { app: "touch runs", output: "out" }])("is left to cdktf with %j", (file) => {
    project(file);
    expect(started("deploy", "dev")).toEqual(["deploy", "dev"]);
  });

  it("is left to cdktf where there is no project", () => {
    expect(started("deploy", "dev")).toEqual(["deploy", "dev"]);
  });

  it("is waited for no longer than the command lives", () => {
    project({ app: "exec sleep 30" });
    const program = `const { startProgramEarly } = require("./cli/early-program");
      process.stdout.write(startProgramEarly({ args: [], directory: process.argv[1], env: process.env })[1]);`;
    const root = resolve(__dirname, "../..");
    const app = execFileSync("node", ["-r", join(root, "script/register.cjs"), "-e", program, directory], { cwd: root, encoding: "utf8" });
    expect(cdktfRuns([app]).status).not.toBe(0);
  }, 20_000);
});
