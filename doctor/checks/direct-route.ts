import { compareApi, isApiVersion } from "../../engine";
import { ofEngine, type Check, type Outcome } from "../check";
import { directRoute as rules, insert, missing, type FirewallRule } from "../firewall";
import type { Reading } from "../reading";

/** Docker 28 drops what comes to a container's address from outside. */
const CLOSED_SINCE = "1.48";

export const directRoute: Check = {
  id: "HOST-DIRECT-ROUTE",
  severity: "warning",
  owasp: ["5a"],
  must: "other hosts must not reach containers by their addresses",
  why: "engines before 28 let a neighbour that routes to a container's address in to every published port, also those on loopback",
  mend: "put rules before Docker's own",
  check: ofEngine(({ api }, reading) =>
    isApiVersion(api) && compareApi(api, CLOSED_SINCE) >= 0 ? "not asked" : lacking(reading, rules(reading), "an engine that lets them in"),
  ),
};

/** One fault for all rules that the firewall lacks. */
export function lacking({ host }: Reading, all: readonly FirewallRule[], got: string): Outcome {
  if (host?.filter === undefined) return "unseen";
  const lacks = missing(all, host.filter);
  return lacks.length === 0 ? [] : [{ got, commands: lacks.map(insert) }];
}
