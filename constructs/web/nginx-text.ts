/** Every line that is not empty, further to the right. */
export const indent = (text: string, spaces = 2): string => text.replace(/^(?=.)/gm, " ".repeat(spaces));

/** A block directive of nginx: its words, and what is in its braces. */
export const block = (words: string, body: string): string => `${words} {\n${indent(body)}}\n`;

/** A string of nginx as it is; `$`, which it cannot hold, has been refused before. */
export const quoted = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;
