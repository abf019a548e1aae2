import { containerRule, unless } from "../rule";

const LIMITS = ["cpu_shares", "cpu_quota", "cpus", "cpu_set"];

export const cpu = containerRule({
  id: "CIS-5.12",
  severity: "error",
  cis: "5.12",
  owasp: ["7"],
  must: "CPU time must have a share or a cap",
  why: "one busy loop would slow all neighbours",
  mend: "set cpus, or leave it out for 1",
  check: ({ attributes }) =>
    unless(
      LIMITS.some((name) => !["", "0"].includes(attributes.text(name))),
      `none of ${LIMITS.join(", ")}`,
    ),
});
