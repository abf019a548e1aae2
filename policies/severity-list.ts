import { ruleIds } from "./registry";
import { SEVERITIES, type SeverityOverrides } from "./severity";

/** Severities as one text, such as `CIS-5.8=off TIERS-DIGEST=warning`, or the part of it that is not understood. */
export function parseSeverities(text: string): { readonly severities: SeverityOverrides } | { readonly fault: string } {
  const severities: Record<string, SeverityOverrides[string]> = {};
  for (const part of text.split(/[\s,]+/).filter((word) => word !== "")) {
    const [id = "", word = ""] = part.split("=");
    const rule = ruleIds.find((known) => known === id);
    const severity = SEVERITIES.find((known) => known === word);
    if (rule === undefined || severity === undefined || part !== `${id}=${word}`) return { fault: part };
    severities[rule] = severity;
  }
  return { severities };
}
