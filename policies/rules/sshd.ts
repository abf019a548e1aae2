import { containerRule } from "../rule";

const SSHD = /(^|[\s/;&|])(sshd|dropbear)(\s|$)/;

export const sshd = containerRule({
  id: "CIS-5.7",
  severity: "error",
  cis: "5.7",
  owasp: [],
  must: "container must not run an ssh server",
  why: "its keys and accounts are managed by nobody; docker exec leads in",
  mend: "take it out of the command and use docker exec",
  check: ({ attributes }) => [
    ...[...attributes.texts("entrypoint"), ...attributes.texts("command")].filter((text) => SSHD.test(text)).slice(0, 1),
    ...attributes
      .blocks("ports")
      .filter((port) => port.number("internal") === 22)
      .map(() => "published port 22"),
  ],
});
