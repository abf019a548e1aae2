import { securityOptions } from "../security-options";
import { containerRule } from "../rule";

export const apparmor = containerRule({
  id: "CIS-5.2",
  severity: "error",
  cis: "5.2",
  owasp: ["6"],
  must: "AppArmor must stay on",
  why: "its profile denies writes to the kernel's files that a capability would allow",
  mend: "leave apparmor=unconfined out",
  check: (container) => securityOptions(container).filter((option) => option === "apparmor=unconfined"),
});
