import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { DataResource } from "cdktf/lib/terraform-data-resource";
import { StateBackend } from "../../constructs";
import { inFolderAsync } from "./synth";
import { StateServer } from "./state-server";

jest.setTimeout(120_000);

interface Run {
  readonly exitCode: number;
  readonly output: string;
}

let server: StateServer;
beforeEach(async () => {
  server = await StateServer.start();
});
afterEach(() => server.close());

/** Synthesises a stack with one resource, and gives the directory that Terraform runs in. */
function program(folder: string): string {
  const app = new App({ outdir: join(folder, "cdktf.out") });
  const stack = new TerraformStack(app, "dev");
  StateBackend.http({ address: server.address }).bind(stack);
  new DataResource(stack, "Something", { input: { some: "thing" } });
  app.synth();
  return join(folder, "cdktf.out/stacks/dev");
}

const terraform = (cwd: string, ...args: string[]): Promise<Run> =>
  new Promise((done) => {
    const env: NodeJS.ProcessEnv = { ...process.env, CHECKPOINT_DISABLE: "1" };
    // It may name a file that is gone, of which terraform complains.
    delete env["TF_CLI_CONFIG_FILE"];
    execFile("terraform", [...args, "-no-color"], { cwd, env }, (error, stdout, stderr) => {
      done({ exitCode: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr });
    });
  });

describe("a state on a server", () => {
  it("is locked while it is written, kept there alone, and read by the next command", async () => {
    await inFolderAsync(async (folder) => {
      const directory = program(folder);
      expect(await terraform(directory, "init")).toMatchObject({ exitCode: 0 });
      expect(await terraform(directory, "apply", "-auto-approve")).toMatchObject({ exitCode: 0 });
      expect(JSON.parse(server.states.get("dev") ?? "")).toMatchObject({ resources: [{ type: "terraform_data" }] });
      expect(server.writers.map((lock) => (JSON.parse(lock) as { Operation: string }).Operation)).toEqual(["OperationTypeApply"]);
      expect([...server.locks]).toEqual([]);
      for (const place of [directory, folder]) expect(existsSync(join(place, "terraform.tfstate"))).toBe(false);
      expect(await terraform(directory, "plan", "-detailed-exitcode")).toMatchObject({ exitCode: 0 });
    });
  });

  it("fails while somebody else holds it, says which lock, and is left as it was", async () => {
    await inFolderAsync(async (folder) => {
      const directory = program(folder);
      await terraform(directory, "init");
      server.locks.set(
        "dev",
        JSON.stringify({ ID: "4711", Who: "ada@laptop", Operation: "OperationTypeApply", Created: "2026-01-01T00:00:00Z" }),
      );
      const refused = await terraform(directory, "apply", "-auto-approve");
      expect(refused.exitCode).toBe(1);
      expect(refused.output).toContain("Error acquiring the state lock");
      expect(refused.output).toContain("HTTP remote state already locked: ID=4711");
      expect(server.states.size).toBe(0);
      server.locks.clear();
      expect(await terraform(directory, "apply", "-auto-approve")).toMatchObject({ exitCode: 0 });
    });
  });
});
