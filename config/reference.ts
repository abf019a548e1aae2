import { BASES, defaultText, type Setting } from "./setting";
import { settingList } from "./settings";

// Prettier would pad the table to its longest cell.
const BEGIN = "<!-- prettier-ignore-start -->";
const END = "<!-- prettier-ignore-end -->";

/** Every setting as a Markdown table. */
export function settingsTable(): string {
  const head = ["Setting", "What it is", "Accepted", ...BASES];
  const rows = [head, head.map(() => "---"), ...settingList.map(cells)];
  return rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** The page with the table between its two markers renewed. */
export function withSettingsTable(page: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`the page must hold the markers "${BEGIN}" and "${END}", in this order`);
  return `${page.slice(0, begin)}${BEGIN}\n${settingsTable()}\n${page.slice(end)}`;
}

function cells(setting: Setting): string[] {
  const defaults = BASES.map((base) => code(defaultText(setting, base)));
  return [code(setting.key), setting.description, setting.rule.accepted, ...defaults];
}

function code(text: string): string {
  return text === "" ? "none" : `\`${text}\``;
}
