import fc from "fast-check";

/** A change of one byte: at a share of the length, another value, a byte more or one less. */
export interface Edit {
  readonly at: number;
  readonly kind: "set" | "insert" | "remove" | "cut";
  readonly byte: number;
}

/** A few changes at random. */
export const EDITS: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    kind: fc.constantFrom("set", "set", "insert", "remove", "cut"),
    byte: fc.integer({ min: 0, max: 255 }),
  }),
  { maxLength: 6 },
);

/** The bytes after the changes, one after another. */
export function edited(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  return edits.reduce<Uint8Array>((before, { at, kind, byte }) => {
    const index = Math.floor(at * before.length);
    const [head, tail] = [before.subarray(0, index), before.subarray(index)];
    if (kind === "cut") return head;
    if (kind === "insert") return Buffer.concat([head, Uint8Array.of(byte), tail]);
    return Buffer.concat([head, kind === "set" ? Uint8Array.of(byte) : new Uint8Array(), tail.subarray(1)]);
  }, bytes);
}
