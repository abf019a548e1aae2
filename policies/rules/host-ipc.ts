import { containerRule, unless } from "../rule";

export const hostIpc = containerRule({
  id: "CIS-5.17",
  severity: "error",
  cis: "5.17",
  owasp: [],
  must: "container must have shared memory of its own",
  why: "it would read that of the host's programs",
  mend: "leave ipc_mode out",
  check: ({ attributes }) => unless(attributes.text("ipc_mode") !== "host", "ipc_mode = host"),
});
