import { containerRule, unless } from "../rule";

export const hostNetwork = containerRule({
  id: "CIS-5.10",
  severity: "error",
  cis: "5.10",
  owasp: ["5"],
  must: "container must have a network of its own",
  why: "on the host's it reaches everything that listens on loopback",
  mend: "use network: new BridgeNetwork(...)",
  check: ({ attributes }) => unless(attributes.text("network_mode") !== "host", "network_mode = host"),
});
