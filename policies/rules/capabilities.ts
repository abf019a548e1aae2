import { dropsAll } from "../rendered-container";
import { containerRule, unless } from "../rule";

/** What the engine gives a container that says nothing (docs.docker.com, Linux kernel capabilities), without NET_RAW, which forges packets. */
const HARMLESS = new Set([
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
]);

export const capabilities = containerRule({
  id: "CIS-5.4",
  severity: "error",
  cis: "5.4",
  owasp: ["3"],
  must: "all capabilities must be dropped and only harmless ones given back",
  why: "each is a part of root's power that a taken process can use",
  mend: "leave capabilities out, or name the few that are needed",
  check: ({ attributes }) => {
    const added = attributes.blocks("capabilities").flatMap((block) => block.texts("add"));
    const powerful = added.filter((name) => !HARMLESS.has(name.toUpperCase().replace(/^CAP_/, "")));
    return [...unless(dropsAll(attributes), "no drop of ALL"), ...powerful.map((name) => `add of ${name}`)];
  },
});
