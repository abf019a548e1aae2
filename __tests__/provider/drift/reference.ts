import { RESOURCES } from "../../../provider/resources";
import type { DriftCase, DriftTable } from "./case";
import { replaces } from "./schema-paths";
import { TABLES } from "./tables";

const BEGIN = "<!-- prettier-ignore-start -->";
const END = "<!-- prettier-ignore-end -->";

/** The page with the tables of drift between its two markers renewed. */
export function withDriftTables(page: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`the page must hold the markers "${BEGIN}" and "${END}", in this order`);
  return `${page.slice(0, begin)}${BEGIN}\n\n${TABLES.map(section).join("\n\n")}\n\n${page.slice(end)}`;
}

function section(table: DriftTable): string {
  const entries = Object.entries(table.cases);
  const shown = entries.filter(([, { kind }]) => kind !== "unseen");
  const head = ["Attribute", "How it drifts", "What the plan does"];
  const rows = [head, head.map(() => "---"), ...shown.map(([path, entry]) => [`\`${path}\``, ...cells(table, path, entry)])];
  const seen = `${shown.length} of ${entries.length} attributes:`;
  return [`## ${table.type}`, "", seen, "", ...rows.map((row) => `| ${row.join(" | ")} |`), ...reasons(entries)].join("\n");
}

function cells({ type }: DriftTable, path: string, entry: DriftCase): string[] {
  if (entry.kind === "acted") return [entry.act, entry.plan];
  if (entry.kind === "unseen") return ["", ""];
  const schema = RESOURCES[type]?.schema ?? { version: 0, attributes: {} };
  const since = entry.since ? ` (API ${entry.since})` : "";
  return [`\`${placeOf(entry.place)}\` differs${since}`, entry.mended ?? (replaces(schema, path) ? "by a new one" : "in place")];
}

/** A place without the names that only the tests have: `HostConfig.Ulimits[].Soft`. */
function placeOf(place: string): string {
  return place.replace(/\.\d+/g, "[]").replace("drift-net", "NETWORK");
}

function reasons(entries: readonly (readonly [string, DriftCase])[]): string[] {
  const unseen = entries.flatMap(([path, entry]) => (entry.kind === "unseen" ? [{ path, reason: entry.reason }] : []));
  const names = [...new Set(unseen.map(({ reason }) => reason.name))];
  return names.flatMap((name) => {
    const of = unseen.filter(({ reason }) => reason.name === name);
    return ["", `Not on an engine: ${of.map(({ path }) => `\`${path}\``).join(", ")}. Each ${of[0]?.reason.why ?? ""}.`];
  });
}
