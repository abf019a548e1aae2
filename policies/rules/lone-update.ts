import { pick } from "../built-from";
import { containerRule } from "../rule";
import { scriptOf } from "../shell";

const UPDATE = /\b(?:apt-get|apt|apk|yum|dnf)\s+(?:-\S+\s+)*(?:update|upgrade)\b/;
const INSTALL = /\b(?:install|add|upgrade|dist-upgrade)\b/;

export const loneUpdate = containerRule({
  id: "CIS-4.7",
  severity: "warning",
  cis: "4.7",
  owasp: [],
  must: "Dockerfile must update and install in one RUN",
  why: "a lone update is cached, and later builds install old packages from it",
  mend: "join both by && in one RUN",
  check: ({ image }) =>
    pick(image, (instruction) => {
      const script = instruction.keyword === "RUN" ? scriptOf(instruction) : "";
      return UPDATE.test(script) && !INSTALL.test(script);
    }),
});
