import { containerRule, unless } from "../rule";
import { securityOptions } from "../security-options";

export const newPrivileges = containerRule({
  id: "CIS-5.26",
  severity: "error",
  cis: "5.26",
  owasp: ["4"],
  must: "process must not gain privileges",
  why: "a set-uid program in the image would make a plain user root",
  mend: "set no-new-privileges:true, as every construct does",
  check: (container) =>
    unless(
      securityOptions(container).some((option) => /^no-new-privileges(=true)?$/.test(option)),
      "no no-new-privileges:true in security_opts",
    ),
});
