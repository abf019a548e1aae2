import { createRequire } from "node:module";
import type * as Zod from "zod";

/** Loaded with the first text that is checked: an environment of defaults alone needs none, and a synth would wait for it. */
const zod = (): typeof Zod => createRequire(__filename)("zod") as typeof Zod;

/** What a setting's text must be, and how it becomes a typed value. */
export interface Rule<T> {
  /** Completes the sentence "KEY must be ...", in the user's words. */
  readonly accepted: string;
  /** Parses the text; its issue says the hint where there is one, and else what is accepted. */
  readonly schema: () => Zod.ZodType<T, string>;
}

/** The value of a text, or the hint (possibly empty) that explains why it is refused. */
export type Outcome<T> = { readonly value: T } | { readonly hint: string };

/** Makes a rule from a function that parses a text. */
export function rule<T>(accepted: string, parse: (text: string) => Outcome<T>): Rule<T> {
  const schema = (): Zod.ZodType<T, string> => {
    const { z } = zod();
    return z.string().transform((text, context): T => {
      const outcome = parse(text);
      if ("value" in outcome) return outcome.value;
      context.addIssue({ code: "custom", message: outcome.hint === "" ? accepted : outcome.hint });
      return z.NEVER;
    });
  };
  return { accepted, schema };
}

/** Applies a rule to a text. */
export function check<T>({ accepted, schema }: Rule<T>, text: string): Outcome<T> {
  const result = schema().safeParse(text);
  if (result.success) return { value: result.data };
  const message = result.error.issues[0]?.message ?? accepted;
  return { hint: message === accepted ? "" : message };
}

export function accept<T>(value: T): Outcome<T> {
  return { value };
}

/** Refuses a text; the hint says why, or what to write instead. */
export function refuse(hint = ""): Outcome<never> {
  return { hint };
}
