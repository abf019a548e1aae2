import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildSync } from "esbuild";

import { describeError, exitCodeOf, Failure } from "../../cli/failure";
import { SAFE } from "../policies/container";
import { ImageError } from "../../images/image-error";

let directory: string;
let bin: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "docker-tiers-bin-"));
  bin = join(directory, "tiers.cjs");
  const entry = join(__dirname, "../../cli/bin.ts");
  buildSync({ entryPoints: [entry], bundle: true, platform: "node", outfile: bin, logLevel: "error" });
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

function tiers(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd: directory, encoding: "utf8" });
  return { status, stdout, stderr };
}

function seconds(run: () => void): number {
  const began = performance.now();
  run();
  return (performance.now() - began) / 1000;
}

describe("tiers", () => {
  it("shows its verbs and ends with 0 when asked for help", () => {
    const { status, stdout } = tiers("--help");
    expect(status).toBe(0);
    expect(stdout).toContain("images");
  });

  it("fails with 2 for a verb that it does not have", () => {
    expect(tiers("fly")).toEqual({ status: 2, stdout: "", stderr: "error: unknown command 'fly'\n" });
  });

  it("fails with 3 and the command to try where nothing was synthesised, without a stack trace", () => {
    expect(tiers("images", "build", "dev")).toEqual({
      status: 3,
      stdout: "",
      stderr: "NOT_SYNTHESISED: cdktf.out must hold the synthesised stacks, got none; run: npx cdktf synth\n",
    });
  });
});

describe("tiers cdktf", () => {
  it("hands all that follows to the project's own cdktf", () => {
    const bundle = join(directory, "node_modules/cdktf-cli/bundle/bin");
    mkdirSync(bundle, { recursive: true });
    writeFileSync(join(bundle, "cdktf.js"), "console.log(JSON.stringify(process.argv.slice(2)));\n");
    const args = ["deploy", "dev", "--auto-approve", "--var", "a=b", "--help"];
    expect(tiers("cdktf", ...args)).toEqual({ status: 0, stdout: `${JSON.stringify(args)}\n`, stderr: "" });
    rmSync(join(directory, "node_modules"), { recursive: true });
  });

  it("fails with 3 in a project that has none", () => {
    expect(tiers("cdktf", "diff", "dev")).toEqual({
      status: 3,
      stdout: "",
      stderr: "NO_CDKTF: the project must have cdktf-cli, got none; run: npm install --save-dev cdktf-cli\n",
    });
  });
});

describe("tiers check", () => {
  const file = "main.tf.json";
  beforeAll(() => writeFileSync(join(directory, file), JSON.stringify({ resource: { docker_container: { a: { image: "a" } } } })));

  it("ends with 1 and one sentence where a rule is broken", () => {
    const { status, stdout, stderr } = tiers("check", file);
    expect(status).toBe(1);
    expect(stdout).toContain("error    TIERS-VERSION: image must be one exact version, got a;");
    expect(stderr).toMatch(
      /^CHECK: what is declared must keep the rules, got \d+ errors; docs\/policies\.md says why and how to mend them\n$/,
    );
  });

  it("fails with 2 for a format and a strictness that there are not, and for a target that cannot be one", () => {
    expect(tiers("check", file, "--format", "xml").status).toBe(2);
    expect(tiers("check", file, "--as", "production").status).toBe(2);
    expect(tiers("check", "gone.json").status).toBe(2);
  });

  it("judges 200 containers within 1.5 s, and shows its help within 0.35 s more than node takes to start", () => {
    const containers = Array.from({ length: 200 }, (_, index) => [
      `shop-${index}`,
      { ...SAFE, image: `registry.example/shop@sha256:${"ab".repeat(32)}` },
    ]);
    writeFileSync(
      join(directory, "many.tf.json"),
      JSON.stringify({ resource: { docker_container: Object.fromEntries(containers) as object } }),
    );
    const start = seconds(() => spawnSync(process.execPath, ["-e", "0"]));

    expect(seconds(() => expect(tiers("check", "many.tf.json").stdout).toContain("200 containers"))).toBeLessThan(1.5);
    expect(seconds(() => tiers("--help")) - start).toBeLessThan(0.35);
  });

  it("fails with 3 where nothing was synthesised", () => {
    expect(tiers("check", "prod").status).toBe(3);
  });
});

describe("exitCodeOf", () => {
  it.each([
    [1, new Failure("failed", "x")],
    [2, new Failure("usage", "x")],
    [3, new Failure("environment", "x")],
    [3, new ImageError("CODE", "x")],
    [70, new TypeError("x")],
    [70, "x"],
  ])("is %d for %s", (code, error) => {
    expect(exitCodeOf(error)).toBe(code);
  });
});

describe("describeError", () => {
  it("shows the sentence of a fault that a user can mend, and the stack of a bug", () => {
    expect(describeError(new ImageError("CODE", "a must be b"))).toBe("CODE: a must be b");
    expect(describeError(new TypeError("x is undefined"))).toMatch(
      /^BUG: this must not happen, please report it: TypeError: x is undefined\n\s+at /,
    );
  });
});
