import { containerRule } from "../rule";

export const readOnlyRoot = containerRule({
  id: "CIS-5.13",
  severity: "error",
  cis: "5.13",
  owasp: ["8"],
  must: "root file system must be read-only",
  why: "what breaks in cannot leave a program behind, and no change is lost with the container",
  mend: "leave readOnlyRoot out, and give tmpfs or mounts for what is written",
  check: ({ attributes }) => (attributes.flag("read_only") === true ? [] : [attributes.shown("read_only")]),
});
