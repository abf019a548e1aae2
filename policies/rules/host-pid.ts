import { containerRule, unless } from "../rule";

export const hostPid = containerRule({
  id: "CIS-5.16",
  severity: "error",
  cis: "5.16",
  owasp: [],
  must: "container must have processes of its own",
  why: "it would see and signal those of the host",
  mend: "leave pid_mode out",
  check: ({ attributes }) => unless(attributes.text("pid_mode") !== "host", "pid_mode = host"),
});
