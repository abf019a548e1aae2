import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformOutput } from "cdktf";
import { Refusal } from "../../constructs";
import { inFolder, synth } from "./synth";

const MESSAGE = 'settings of dev must be complete, got ${WEB_PORT} and %{x} "quoted"';

const json = () =>
  synth((stack) => {
    const refusal = new Refusal(stack, "Settings", MESSAGE, "unix:///var/run/docker.sock");
    new TerraformOutput(stack, "host", { value: refusal.passed, staticId: true });
  });

describe("Refusal", () => {
  it("is a precondition that never holds, before what depends on its value", () => {
    expect(json().resource).toMatchObject({
      terraform_data: {
        Settings: {
          input: { value: "unix:///var/run/docker.sock" },
          lifecycle: { precondition: [{ condition: '${terraform.workspace == ""}' }] },
        },
      },
    });
    expect(json().output).toEqual({ host: { value: "${terraform_data.Settings.output.value}" } });
  });

  it("lets the plan fail with its message, word by word", () => {
    inFolder((folder) => {
      const { resource, output } = json();
      writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ resource, output }));
      const terraform = (...args: string[]): string => execFileSync("terraform", args, { cwd: folder, encoding: "utf8", stdio: "pipe" });
      terraform("init", "-no-color");
      const text = (error: unknown): string => (error as { stderr: string }).stderr.replace(/[│╷╵\s]+/g, " ");
      let failure: unknown;
      try {
        terraform("plan", "-no-color");
      } catch (error) {
        failure = error;
      }
      expect(text(failure)).toContain(MESSAGE);
    });
  });
});
