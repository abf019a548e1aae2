import type { Reading } from "./reading";

/** A rule of iptables as `iptables-save` writes it, without `-A`. */
export interface FirewallRule {
  readonly chain: "DOCKER-USER" | "INPUT" | "OUTPUT";
  readonly rule: string;
}

/** Not the second packet of something that was allowed, and not what came to a published port. */
const NEW = "-m conntrack --ctstate NEW";
const NOT_PUBLISHED = "-m conntrack ! --ctstate DNAT";

/** What comes from elsewhere reaches containers by published ports, not by their addresses. */
export const directRoute = (reading: Reading): FirewallRule[] =>
  [...bridges(reading), "docker0"].map((bridge) => ({
    chain: "DOCKER-USER",
    rule: `! -i ${bridge} -o ${bridge} ${NEW} ${NOT_PUBLISHED} -j DROP`,
  }));

/** Containers of networks that somebody made do not reach what listens on the host. */
export const hostServices = (reading: Reading): FirewallRule[] =>
  bridges(reading).map((bridge) => ({ chain: "INPUT", rule: `-i ${bridge} ${NEW} -j DROP` }));

/** Users of the host but root do not reach containers by their addresses. */
export const hostUsers = (reading: Reading): FirewallRule[] =>
  bridges(reading).map((bridge) => ({
    chain: "OUTPUT",
    rule: `-o ${bridge} ${NEW} ${NOT_PUBLISHED} -m owner ! --uid-owner 0 -j DROP`,
  }));

/** Those of the rules that the host's firewall lacks. */
export function missing(rules: readonly FirewallRule[], filter: readonly string[]): FirewallRule[] {
  const present = new Set(filter);
  return rules.filter(({ chain, rule }) => !present.has(`-A ${chain} ${rule}`));
}

/** Puts a rule before all others of its chain. */
export const insert = ({ chain, rule }: FirewallRule): string => `iptables -w -I ${chain} ${rule}`;

/** The bridges of networks: all that begin with Docker's prefix, or one by one where others begin so, too. */
function bridges({ engine, host }: Reading): string[] {
  const own = (engine?.networks ?? [])
    .filter(({ driver, name }) => driver === "bridge" && name !== "bridge")
    .map(({ id, options }) => options["com.docker.network.bridge.name"] ?? `br-${id.slice(0, 12)}`);
  const foreign = (host?.links ?? []).filter((link) => link.startsWith("br-") && !own.includes(link));
  const named = own.filter((bridge) => !bridge.startsWith("br-"));
  return foreign.length === 0 ? ["br-+", ...named] : own;
}
