import { ofEngine, type Check } from "../check";
import { hostUsers as rules } from "../firewall";
import { lacking } from "./direct-route";

export const hostUsers: Check = {
  id: "HOST-USERS",
  severity: "note",
  owasp: ["5"],
  must: "users of the host but root should not reach containers by their addresses",
  why: "every user of the host reaches every port of every container, also in internal networks; passwords are what is left",
  mend: "drop what they send; published ports stay open to them",
  check: ofEngine((_, reading) => lacking(reading, rules(reading), "no rule that stops them")),
};
