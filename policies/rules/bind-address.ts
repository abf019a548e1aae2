import { publishedPorts } from "../published-port";
import { containerRule } from "../rule";

const EVERYWHERE = new Set(["", "0.0.0.0", "::", "[::]"]);

export const bindAddress = containerRule({
  id: "CIS-5.14",
  severity: "error",
  cis: "5.14",
  owasp: ["5a"],
  must: "published port must name the interface that it listens on",
  why: "a published port passes by the host's firewall, on every network that the host is in",
  mend: "set WEB_BIND_ADDRESS or publish.address to an address of the host",
  check: (container) =>
    publishedPorts(container)
      .filter(({ address }) => EVERYWHERE.has(address))
      .map(({ address, containerPort }) => `${address === "" ? "no address" : address} for port ${containerPort}`),
});
