import { publishedPorts } from "../published-port";
import { containerRule } from "../rule";

export const hostPort = containerRule({
  id: "TIERS-PUBLISH",
  severity: "error",
  owasp: ["5a"],
  must: "published port must name the port of the host",
  why: "the engine would take another at each start, and no firewall rule fits it",
  mend: "set publish.port",
  check: (container) =>
    publishedPorts(container)
      .filter((port) => port.hostPort === undefined)
      .map((port) => `none for port ${port.containerPort}`),
});
