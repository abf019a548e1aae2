import { readFileSync } from "node:fs";

const QUOTES = ['"', "'", "`"];

/** What comes before a title each time that a file of tests has it. */
function placesOf(file: string, title: string): string[] {
  const source = readFileSync(file, "utf8").replaceAll("\\`", "`");
  return QUOTES.flatMap((quote) => source.split(`${quote}${title}${quote}`).slice(0, -1));
}

/** True when a file of tests has exactly this title, in a call or in a table of cases. */
export const hasTitle = (file: string, title: string): boolean => placesOf(file, title).length > 0;

/** True when it is the first word of a call of `it`, `test` or `describe`, or of what their `each` gives. */
export const callsTitle = (file: string, title: string): boolean =>
  placesOf(file, title).some((before) => /(?:\b(?:it|test|describe)|[)`])\(\s*$/.test(before));
