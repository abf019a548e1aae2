import { rules } from "./registry";
import type { Rule } from "./rule";
import { PROFILES, severityIn } from "./severity";

// Prettier would pad the table to its longest cell.
const BEGIN = "<!-- prettier-ignore-start -->";
const END = "<!-- prettier-ignore-end -->";

/** Every rule as a Markdown table. */
export function rulesTable(): string {
  const head = ["Rule", ...PROFILES, "CIS 1.6", "OWASP", "What must hold", "Why", "What mends it"];
  const rows = [head, head.map(() => "---"), ...rules.map(cells)];
  return rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** The page with the table of rules between its two markers renewed. */
export const withRulesTable = (page: string): string => withTable(page, rulesTable());

/** A page with what stands between its two markers renewed. */
export function withTable(page: string, table: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`the page must hold the markers "${BEGIN}" and "${END}", in this order`);
  return `${page.slice(0, begin)}${BEGIN}\n${table}\n${page.slice(end)}`;
}

function cells({ id, severity, cis = "", owasp, must, why, mend }: Rule): string[] {
  const weights = PROFILES.map((profile) => severityIn(severity, profile));
  return [`\`${id}\``, ...weights, cis, owasp.map((number) => `#${number}`).join(" "), must, why, mend];
}
