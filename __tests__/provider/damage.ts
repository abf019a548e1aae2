import fc from "fast-check";
import { EDITS, edited, type Edit } from "./byte-edits";

/** What is wrong with one answer of a server: its bytes, or the value at one place. */
export interface Damage {
  /** Which answer, from 0 on. */
  readonly nth: number;
  /** The status that it comes with where that is not its own. */
  readonly status: number | undefined;
  readonly edits: readonly Edit[];
  /** The place by its share of all, and what is there instead; undefined takes it away. */
  readonly swap: { readonly at: number; readonly value: unknown } | undefined;
}

const VALUES = [undefined, null, "", "a", -1, 1e300, true, [], [null], ["a"], {}, { a: null }, { a: "b" }];

/** Damage at random, half of it to values of JSON that stays JSON. */
export const DAMAGE: fc.Arbitrary<Damage> = fc.record({
  nth: fc.nat(6),
  status: fc.constantFrom(undefined, undefined, undefined, undefined, 304, 404, 409, 500, 503),
  edits: fc.oneof(fc.constant([]), EDITS),
  swap: fc.option(
    fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), value: fc.constantFrom<unknown>(...VALUES) }),
    { nil: undefined },
  ),
});

/** The bytes of an answer as it is sent. */
export function damaged(answer: unknown, { edits, swap }: Damage): Uint8Array {
  const value = swap === undefined ? answer : swapped(answer, Math.floor(swap.at * places(answer)), swap.value);
  return edited(jsonBytes(value), edits);
}

/** What carries a value; nothing carries none. */
export function jsonBytes(value: unknown): Uint8Array {
  return Buffer.from(value === undefined ? "" : JSON.stringify(value));
}

/** How many values there are in a value, itself included. */
function places(value: unknown): number {
  return isNested(value) ? Object.values(value).reduce<number>((sum, inner) => sum + places(inner), 1) : 1;
}

/** A copy with another value at a place, counted from the outside in. */
function swapped(value: unknown, place: number, other: unknown): unknown {
  if (place === 0) return other;
  if (!isNested(value)) return value;
  let before = 1;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    const at = place - before;
    const size = places(inner);
    before += size;
    return [key, at >= 0 && at < size ? swapped(inner, at, other) : inner];
  });
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

function isNested(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
