import { containerRule } from "../rule";

export const memory = containerRule({
  id: "CIS-5.11",
  severity: "error",
  cis: "5.11",
  owasp: ["7"],
  must: "memory must have a cap",
  why: "one container with a leak takes the whole host down",
  mend: "set memoryMiB to what a load test decides",
  check: ({ attributes }) => ((attributes.number("memory") ?? 0) > 0 ? [] : [attributes.shown("memory")]),
});
