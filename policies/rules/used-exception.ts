import { exceptionRule } from "../rule";

export const usedException = exceptionRule({
  id: "TIERS-EXCEPTION",
  severity: "warning",
  owasp: [],
  must: "exception must be needed",
  why: "one that is left behind would hide the next fault",
  mend: "take the allow() out, or make it optional where only some environments need it",
  check: ({ rule, because }) => `${rule} allowed because ${JSON.stringify(because)}, with nothing to allow`,
});
