import { pick } from "../built-from";
import type { Instruction } from "../dockerfile";
import { containerRule } from "../rule";
import { hasPipe } from "../shell";

export const pipefail = containerRule({
  id: "DL4006",
  severity: "error",
  owasp: [],
  must: "pipe must fail where any of its commands does",
  why: "it ends as its last command does: a download that fails makes an image without it",
  mend: 'write SHELL ["/bin/bash", "-o", "pipefail", "-c"] before it, or set -o pipefail in it',
  check: ({ image }) =>
    pick(
      image,
      (instruction, { instructions }) => instruction.keyword === "RUN" && isUnsafe(instruction, shellOf(instruction, instructions)),
    ),
});

const isUnsafe = ({ text, words }: Instruction, shell: string): boolean =>
  words === undefined && hasPipe(text) && !setsPipefail(shell) && !setsPipefail(text);

const setsPipefail = (text: string): boolean => /(?:^|\s)-\w*o\s+pipefail\b/.test(text);

/** The SHELL of a stage that holds where an instruction stands. */
function shellOf({ stage, line }: Instruction, instructions: readonly Instruction[]): string {
  const before = instructions.filter((each) => each.keyword === "SHELL" && each.stage === stage && each.line < line);
  return before.at(-1)?.words?.join(" ") ?? "";
}
