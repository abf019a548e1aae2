import { containerRule, unless } from "../rule";

export const privileged = containerRule({
  id: "CIS-5.5",
  severity: "error",
  cis: "5.5",
  owasp: ["3"],
  must: "container must not be privileged",
  why: "it sees all devices of the host and can do there whatever root can",
  mend: "leave privileged out and name the capability that is needed",
  check: ({ attributes }) => unless(attributes.flag("privileged") !== true, "privileged = true"),
});
