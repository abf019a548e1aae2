import { isCutOff, staysUp } from "../rendered-container";
import { containerRule } from "../rule";

/** A job may be root while it is cut off: somebody has to give files to their owner. */
export const nonRootUser = containerRule(
  {
    id: "CIS-4.1",
    severity: "error",
    cis: "4.1",
    owasp: ["2"],
    must: "process must run as a user that is not root",
    why: "root in a container is root on the host as soon as one wall has a hole",
    mend: "set user, or leave it out for 1000:1000",
    check: ({ attributes }) => {
      const user = attributes.text("user");
      return user === "" || /^(0|root)(:|$)/.test(user) ? [attributes.shown("user")] : [];
    },
  },
  (container) => container.attributes.flag("start") !== false && (staysUp(container) || !isCutOff(container)),
);
