import { ofHost, unless, type Check } from "../check";
import { hostServices } from "../firewall";
import { install } from "../kernel";

export const inputFirewall: Check = {
  id: "HOST-FIREWALL",
  severity: "note",
  owasp: ["5a"],
  must: "the host should have a firewall for what listens on it",
  why: "a service that somebody starts is open to all at once; published ports of containers pass by it, they have their own addresses for that",
  mend: "let in ssh and what is meant to be reached, and drop the rest",
  check: ofHost((host, reading) => {
    if (host.filter === undefined) return "unseen";
    const ours = new Set(hostServices(reading).map(({ chain, rule }) => `-A ${chain} ${rule}`));
    const filtered = host.filter.some((line) => /^:INPUT (DROP|REJECT)/.test(line) || (line.startsWith("-A INPUT ") && !ours.has(line)));
    return unless(filtered || host.ownInputChain, {
      got: "INPUT that accepts everything",
      commands: [...install(host, "ufw"), "ufw allow OpenSSH", "ufw default deny incoming", "ufw --force enable"],
    });
  }),
};
