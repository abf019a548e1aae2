import { publishedPorts } from "../published-port";
import { containerRule } from "../rule";

export const privilegedPorts = containerRule({
  id: "CIS-5.8",
  severity: "warning",
  cis: "5.8",
  owasp: [],
  must: "published port of the host must be 1024 or above",
  why: "ports below belong to the system's own services",
  mend: 'set WEB_PORT or publish.port, or allow("CIS-5.8", ...) for a site that browsers find at 80 or 443',
  check: (container) =>
    publishedPorts(container)
      .filter(({ hostPort }) => hostPort !== undefined && hostPort < 1024)
      .map(({ hostPort }) => String(hostPort)),
});
