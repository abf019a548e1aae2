import { withTable } from "../policies/reference";
import type { Check } from "./check";
import { checks } from "./registry";

/** Every check as a Markdown table. */
export function checksTable(): string {
  const head = ["Check", "Weight", "CIS 1.6", "OWASP", "What must hold", "Why", "What mends it"];
  const rows = [head, head.map(() => "---"), ...checks.map(cells)];
  return rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** The page with the table of checks between its two markers renewed. */
export const withChecksTable = (page: string): string => withTable(page, checksTable());

const cells = ({ id, severity, cis = "", owasp = [], must, why, mend }: Check): string[] => [
  `\`${id}\``,
  severity,
  cis,
  owasp.map((number) => `#${number}`).join(" "),
  must,
  why,
  mend,
];
