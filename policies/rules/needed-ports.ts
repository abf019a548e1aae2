import { containerRule, unless } from "../rule";

export const neededPorts = containerRule({
  id: "CIS-5.9",
  severity: "error",
  cis: "5.9",
  owasp: ["5a"],
  must: "only ports that are named must be published",
  why: "every port that the image exposes would be open, past the host's firewall",
  mend: "leave publish_all_ports out and use publish",
  check: ({ attributes }) => unless(attributes.flag("publish_all_ports") !== true, "publish_all_ports = true"),
});
