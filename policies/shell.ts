import type { Instruction } from "./dockerfile";

/** What a RUN runs, as one line. */
export const scriptOf = ({ text, words }: Instruction): string => words?.join(" ") ?? text;

/** A shell script without what stands in quotes, so that operators are operators. */
export const withoutQuoted = (script: string): string => script.replace(/\\.|'[^']*'|"(?:\\.|[^"\\])*"/g, "_");

/** The commands of a script, as far as `&&`, `||`, `;`, `&` and `|` part them. */
export const commandsOf = (script: string): string[] => script.split(/&&|\|\||[;&|]/).map((command) => command.trim());

/** Whether a script has a pipe; `a|b)` of a case, and `>|`, are none. */
export const hasPipe = (script: string): boolean =>
  /(?:^|[^|>])\|(?!\|)/.test(withoutQuoted(script).replace(/[\w*.?[\]-]+(?:\|[\w*.?[\]-]+)+\)/g, ""));
