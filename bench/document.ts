import { type Figure, row } from "./figure";

/** What follows this heading is written by hand, and stays. */
const BY_HAND = "## Measured by hand";

/** The document of measurements: these figures, and what people measured, as it was. */
export function documentOf(figures: readonly Figure[], machine: string, before: string): string {
  const date = new Date().toISOString().slice(0, 10);
  const start = before.indexOf(BY_HAND);
  return [
    "# Measurements",
    "",
    `By \`npm run bench\` on ${date}: ${machine}. Ratios compare two commands that ran in turn; \`:\` separates ours from what it is compared with.`,
    "The fastest runs are compared, since what else a machine does only ever adds to a run.",
    "",
    "| what | measured | limit | holds | from |",
    "| --- | --- | --- | --- | --- |",
    ...figures.map(row),
    "",
    ...(start < 0 ? [] : [before.slice(start)]),
  ].join("\n");
}
