import { stackRule } from "../rule";

export const plainTcp = stackRule({
  id: "TIERS-TCP",
  severity: "error",
  owasp: ["1"],
  must: "engine must be reached by a socket, ssh, or tcp with client certificates",
  why: "an open port of the engine gives root on the host to everyone who reaches it",
  mend: "set HOST to ssh://user@host, or TLS_CERT_PATH",
  check: ({ providers }) =>
    providers.filter(({ host, tls }) => /^(tcp|https?):\/\//.test(host) && !tls).map(({ host }) => host.replace(/:\/\/[^/@]*@/, "://")),
});
