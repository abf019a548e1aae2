import { containerRule } from "../rule";

const MOST_RETRIES = 5;

export const restart = containerRule({
  id: "CIS-5.15",
  severity: "error",
  cis: "5.15",
  owasp: ["7"],
  must: "restart policy must be no, or on-failure with 1 to 5 retries",
  why: "a container that always fails would be started for ever",
  mend: 'let it end, or allow("CIS-5.15", ...) with the reason why it has to come back by itself',
  check: ({ attributes }) => {
    const policy = attributes.text("restart");
    if (policy === "" || policy === "no") return [];
    if (policy !== "on-failure") return [attributes.shown("restart")];
    const retries = attributes.number("max_retry_count") ?? 0;
    return retries >= 1 && retries <= MOST_RETRIES ? [] : [`on-failure with ${retries === 0 ? "no end" : `${retries} retries`}`];
  },
});
