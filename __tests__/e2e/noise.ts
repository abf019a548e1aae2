import { stripVTControlCharacters } from "node:util";

/** What terraform writes in red of a plan: its marks, and what goes. */
const MARKS = /^(-|-\/\+|\+\/-|destroyed|replaced|must be replaced|# forces replacement|→ null)?$/;

/** How cdktf, terraform and node begin what they complain of; a configuration may have the words, too. */
const COMPLAINT = /\b(ERROR|WARN|WARNING)\b|\b([Ee]rror|[Ww]arning):|\b[Dd]eprecat/;

const RED = "\u001b[31m";

/** Red beyond a plan's own marks. */
export function isRed(line: string): boolean {
  const red = line.split("\u001b[91m").join(RED).split(RED).slice(1);
  return red.map((text) => stripVTControlCharacters(text.split("\u001b[0m")[0] ?? "").trim()).some((text) => !MARKS.test(text));
}

/** Lines that are red, or that speak of an error or a warning. */
export function noise(printed: string): string[] {
  return printed.split("\n").filter((line) => isRed(line) || COMPLAINT.test(stripVTControlCharacters(line)));
}
