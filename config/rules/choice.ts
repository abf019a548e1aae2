import { accept, refuse, rule, type Rule } from "./rule";

/** One of a few words. */
export function oneOf<const T extends string>(...words: readonly T[]): Rule<T> {
  return rule(words.join(" or "), (text) => {
    const word = words.find((candidate) => candidate === text);
    if (word !== undefined) return accept(word);
    const meant = words.find((candidate) => candidate === text.trim().toLowerCase());
    return refuse(meant && `write ${meant}`);
  });
}
