import { accept, check, refuse, rule, type Rule } from "./rule";

const DECIMAL = /^(?:0|[1-9]\d{0,8})$/;
const SIZE = /^(\d{1,6})\s*(m|g)(?:i?b)?$/i;

/** A decimal number from `minimum` to `maximum`, both included. */
export function wholeNumber(minimum: number, maximum: number, what = "a whole number"): Rule<number> {
  return rule(`${what} from ${minimum} to ${maximum}`, (text) => {
    const number = Number(text);
    return DECIMAL.test(text) && number >= minimum && number <= maximum ? accept(number) : refuse();
  });
}

/** A whole number of MiB, without a unit. */
export function mebibytes(minimum: number, maximum = 1_048_576): Rule<number> {
  const number = wholeNumber(minimum, maximum, "a whole number of MiB");
  return rule(number.accepted, (text) => {
    const outcome = check(number, text);
    if ("value" in outcome) return outcome;
    const meant = withoutUnit(text);
    return refuse("value" in check(number, meant) ? `write ${meant}` : "");
  });
}

function withoutUnit(text: string): string {
  const [, digits, unit] = SIZE.exec(text) ?? [];
  return String(Number(digits) * (unit?.toLowerCase() === "g" ? 1024 : 1));
}
