import { closest } from "fastest-levenshtein";
import { ruleIds } from "../../policies/registry";
import { parseSeverities } from "../../policies/severity-list";
import { accept, refuse, rule, type Rule } from "./rule";

/** What rules weigh, such as `CIS-5.8=off TIERS-DIGEST=warning`. */
export const severities: Rule<string | undefined> = rule(
  "rules with error, warning or off, such as CIS-5.8=off TIERS-DIGEST=warning",
  (text) => {
    const outcome = parseSeverities(text);
    if ("severities" in outcome) return accept(text);
    const [id = "", severity = ""] = outcome.fault.split("=");
    const meant = closest(id.toUpperCase(), [...ruleIds]);
    return refuse(id === meant ? `write ${id}=error, ${id}=warning or ${id}=off` : `did you mean ${meant}=${severity || "off"}?`);
  },
);
