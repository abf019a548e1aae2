import { builtFrom, stageName } from "../built-from";
import type { Instruction } from "../dockerfile";
import type { RenderedImage } from "../rendered-image";
import { containerRule } from "../rule";

export const dockerfileUser = containerRule({
  id: "DL3002",
  severity: "error",
  owasp: ["2"],
  must: "last user of the Dockerfile must not be root",
  why: "whoever runs the image by hand, or by another tool, runs it as root",
  mend: "end with USER 1000:1000",
  check: ({ image }) => {
    const [own] = builtFrom(image);
    const last = own?.instructions
      .filter(({ keyword, stage }) => keyword === "USER" && stage === builtStage(own.image, own.instructions))
      .at(-1);
    return own !== undefined && last !== undefined && /^["']?(?:0|root)["']?(?::|$)/.test(last.text) ? [own.at(last)] : [];
  },
});

/** Number of the stage that is built. */
function builtStage({ target }: RenderedImage, instructions: readonly Instruction[]): number {
  const stages = instructions.filter(({ keyword }) => keyword === "FROM");
  const named = stages.findIndex((from, index) => target !== undefined && [stageName(from), String(index)].includes(target.toLowerCase()));
  return named < 0 ? stages.length - 1 : named;
}
