import { staysUp } from "../rendered-container";
import { containerRule } from "../rule";

export const health = containerRule(
  {
    id: "CIS-5.27",
    severity: "error",
    cis: "5.27",
    owasp: [],
    must: "health must be probed",
    why: "a process that hangs looks alive, and a deploy does not see that the new one fails",
    mend: 'set health, such as Health.http("/healthz")',
    check: ({ attributes }) => {
      const [probe] = attributes.blocks("healthcheck");
      const [kind = ""] = probe?.texts("test") ?? [];
      return kind === "" ? ["no healthcheck"] : kind === "NONE" ? ["healthcheck NONE"] : [];
    },
  },
  staysUp,
);
