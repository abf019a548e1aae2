import { baseOf, pick } from "../built-from";
import { tagOf } from "../rendered-image";
import { containerRule } from "../rule";

export const baseLatest = containerRule({
  id: "DL3007",
  severity: "error",
  owasp: ["13"],
  must: "image that a Dockerfile stands on must not be whatever is latest",
  why: "the same Dockerfile would make another image tomorrow, and differ between hosts",
  mend: "write a version such as debian:12.5",
  check: ({ image }) =>
    pick(image, (instruction, of) => {
      const base = instruction.keyword === "FROM" ? baseOf(instruction, of) : undefined;
      return base !== undefined && !base.includes("@") && tagOf(base) === "latest";
    }),
});
