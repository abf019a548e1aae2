import { ofDaemon, unless, type Check } from "../check";

export const engineFirewall: Check = {
  id: "HOST-IPTABLES",
  severity: "error",
  cis: "2.4",
  owasp: ["5"],
  must: "the engine must be allowed to set firewall rules",
  why: "networks are apart by its rules alone, and published ports need them",
  mend: "switch iptables on",
  check: ofDaemon((daemon) => unless(daemon.flag("iptables") !== false, { got: "iptables = false", settings: { iptables: true } })),
};
