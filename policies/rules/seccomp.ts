import { securityOptions } from "../security-options";
import { containerRule } from "../rule";

export const seccomp = containerRule({
  id: "CIS-5.22",
  severity: "error",
  cis: "5.22",
  owasp: ["6"],
  must: "seccomp filter must stay on",
  why: "it closes some 50 system calls that break-outs need",
  mend: "leave seccomp=unconfined out",
  check: (container) => securityOptions(container).filter((option) => option === "seccomp=unconfined"),
});
