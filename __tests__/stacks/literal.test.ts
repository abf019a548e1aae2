import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { literal } from "../../constructs/literal";
import { inFolder } from "../constructs/synth";

const awkward = fc
  .array(fc.constantFrom("$", "%", "{", "}", '"', "'", "\n", "\\", "${", "%{", "~", "é", "a"))
  .map((parts) => parts.join(""));

describe("literal", () => {
  it("gives Terraform itself the very text", () => {
    const texts = fc.sample(awkward, { numRuns: 300, seed: 1 });
    inFolder((folder) => {
      const terraform = (...args: string[]): string => execFileSync("terraform", args, { cwd: folder, encoding: "utf8", stdio: "pipe" });
      writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ output: { texts: { value: texts.map(literal) } } }));
      terraform("init", "-no-color");
      terraform("apply", "-auto-approve", "-no-color");
      expect(JSON.parse(terraform("output", "-json", "texts"))).toEqual(texts);
    });
  });
});
