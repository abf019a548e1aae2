import { containerRule } from "../rule";

export const pids = containerRule({
  id: "CIS-5.29",
  severity: "error",
  cis: "5.29",
  owasp: ["7"],
  must: "number of processes must have a cap",
  why: "a fork bomb would take every process number of the host",
  mend: "set pidsLimit; the public provider has no such attribute: use PROVIDER=embedded",
  check: ({ attributes }) => ((attributes.number("pids_limit") ?? 0) > 0 ? [] : [attributes.shown("pids_limit")]),
});
