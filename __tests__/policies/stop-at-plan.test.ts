import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { Environments } from "../../config";
import { startFakeEngine, type FakeEngine } from "../engine/fake-engine";
import { shop } from "./project";

const folder = mkdtempSync(join(tmpdir(), "docker-tiers-stop-"));
let engine: FakeEngine;

/** A program like main.ts, whose shop writes to its root file system. */
beforeAll(async () => {
  engine = await startFakeEngine((_request, _body, response) => response.writeHead(404).end("{}"));
  const env = {
    DEV_HOST: engine.host,
    PROD_HOST: engine.host,
    STAGING_HOST: engine.host,
    UNREACHABLE_HOST: "unix:///no/such.sock",
    STAGING_POLICY_SEVERITIES: "CIS-5.13=warning",
  };
  const app = new App({ outdir: join(folder, "cdktf.out") });
  const names = ["dev", "staging", "prod", { name: "unreachable", like: "prod" }] as const;
  for (const environment of Environments.load({ directory: folder, env, names })) {
    const stack = new TerraformStack(app, environment.name);
    environment.configure(stack);
    shop(stack, { readOnlyRoot: false });
  }
  app.synth();
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

interface Run {
  readonly exitCode: number;
  readonly output: string;
}

function terraform(stack: string, ...args: readonly string[]): Promise<Run> {
  const options = {
    cwd: join(folder, "cdktf.out", "stacks", stack),
    env: { ...process.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" },
  };
  return new Promise((resolve) => {
    execFile("terraform", [...args, "-no-color"], options, (error, stdout, stderr) => {
      resolve({ exitCode: typeof error?.code === "number" ? error.code : error === null ? 0 : 1, output: plain(stdout + stderr) });
    });
  });
}

/** Without Terraform's frames and line breaks. */
const plain = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.replace(/^[│╷╵]\s*/, ""))
    .join(" ")
    .replace(/\s+/g, " ");

async function plan(stack: string): Promise<Run> {
  const init = await terraform(stack, "init", "-input=false");
  return init.exitCode === 0 ? terraform(stack, "plan", "-input=false") : init;
}

describe("terraform plan", () => {
  it("fails in prod with the sentence of the rule", async () => {
    const { exitCode, output } = await plan("prod");

    expect(exitCode).toBe(1);
    expect(output).toContain(
      'POLICIES: prod: 1 rule is broken; nothing is applied; mend them, or allow("ID", { on: construct, because: "..." }) ' +
        "CIS-5.13: root file system must be read-only, got read_only = false; leave readOnlyRoot out, and give tmpfs or mounts for what is written (at prod/Shop/Replica1)",
    );
  }, 60_000);

  it("fails in prod with it where the engine cannot be reached, too", async () => {
    const { exitCode, output } = await plan("unreachable");

    expect(exitCode).toBe(1);
    expect(output).toContain("CIS-5.13: root file system must be read-only, got read_only = false;");
  }, 60_000);

  it("does not hinder a destroy", async () => {
    await terraform("prod", "init", "-input=false");
    const { exitCode, output } = await terraform("prod", "plan", "-destroy", "-input=false");

    expect(output).toContain("No changes. No objects need to be destroyed.");
    expect(exitCode).toBe(0);
  }, 60_000);

  it("goes on in dev, and where the environment's settings make the rule a warning", async () => {
    for (const stack of ["dev", "staging"]) {
      const { exitCode, output } = await plan(stack);

      expect(output).toContain("Plan: 3 to add, 0 to change, 0 to destroy.");
      expect(exitCode).toBe(0);
    }
  }, 60_000);
});
