import { containerRule, unless } from "../rule";

export const hostUts = containerRule({
  id: "CIS-5.21",
  severity: "error",
  cis: "5.21",
  owasp: [],
  must: "container must have a host name of its own",
  why: "it would see, and with one capability change, the host's name",
  mend: "leave uts_mode out",
  check: ({ attributes }) => unless(attributes.text("uts_mode") !== "host", "uts_mode = host"),
});
