import { ofEngine, type Check } from "../check";
import { hostServices as rules } from "../firewall";
import { lacking } from "./direct-route";

export const hostServices: Check = {
  id: "HOST-SERVICES",
  severity: "warning",
  owasp: ["5"],
  must: "containers must not reach what listens on the host",
  why: "also from an internal network they reach it by the gateway's address: sshd, a mail server, another engine",
  mend: "drop what comes from networks' bridges; a container that has to reach a service of the host needs a rule of its own before these",
  check: ofEngine((_, reading) => lacking(reading, rules(reading), "no rule that stops them")),
};
