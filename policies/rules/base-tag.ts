import { baseOf, pick } from "../built-from";
import { tagOf } from "../rendered-image";
import { containerRule } from "../rule";

export const baseTag = containerRule({
  id: "DL3006",
  severity: "error",
  owasp: ["13"],
  must: "image that a Dockerfile stands on must have a tag",
  why: "without one it is whatever is latest when the host builds",
  mend: "write one such as debian:12.5",
  check: ({ image }) =>
    pick(image, (instruction, of) => {
      const base = instruction.keyword === "FROM" ? baseOf(instruction, of) : undefined;
      return base !== undefined && !base.includes("@") && tagOf(base) === "";
    }),
});
