import { securityOptions } from "../security-options";
import { containerRule } from "../rule";

export const selinux = containerRule({
  id: "CIS-5.3",
  severity: "error",
  cis: "5.3",
  owasp: ["6"],
  must: "SELinux separation must stay on",
  why: "without its label a process may touch the files of every container",
  mend: "leave label=disable out",
  check: (container) => securityOptions(container).filter((option) => option === "label=disable"),
});
