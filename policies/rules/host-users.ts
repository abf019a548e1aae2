import { containerRule, unless } from "../rule";

export const hostUsers = containerRule({
  id: "CIS-5.31",
  severity: "error",
  cis: "5.31",
  owasp: ["11"],
  must: "container must keep the engine's user namespace",
  why: "root in it would be root on a host that separates them",
  mend: "leave userns_mode out",
  check: ({ attributes }) => unless(attributes.text("userns_mode") !== "host", "userns_mode = host"),
});
