import { stripVTControlCharacters } from "node:util";

/** What terraform writes in red of a plan: its marks, and what goes. */
const MARKS = /^(-|-\/\+|\+\/-|destroyed|replaced|must be replaced|# forces replacement|→ null)?$/;

const RED = "\u001b[31m";

/** Lines that are red beyond a plan's own marks, or that speak of an error or a warning. */
export function noise(printed: string): string[] {
  return printed.split("\n").filter((line) => {
    const red = line.split("\u001b[91m").join(RED).split(RED).slice(1);
    const texts = red.map((text) => stripVTControlCharacters(text.split("\u001b[0m")[0] ?? "").trim());
    return texts.some((text) => !MARKS.test(text)) || /\b(error|warning|deprecated)\b/i.test(stripVTControlCharacters(line));
  });
}
