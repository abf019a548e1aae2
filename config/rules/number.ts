import { accept, refuse, rule, type Rule } from "./rule";

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
    const result = number.schema.safeParse(text);
    return result.success ? accept(result.data) : refuse(withoutUnit(text));
  });
}

function withoutUnit(text: string): string | undefined {
  const [, digits, unit] = SIZE.exec(text) ?? [];
  if (digits === undefined || unit === undefined) return undefined;
  return `write ${Number(digits) * (unit.toLowerCase() === "g" ? 1024 : 1)}`;
}
