import { decode, encode, ExtData } from "@msgpack/msgpack";
import fc from "fast-check";
import type { Block } from "../../provider/schema";
import { UNKNOWN, type ObjectValue, type Value } from "../../provider/value";
import { decodeObject, encodeObject } from "../../provider/wire";
import { EDITS, edited } from "./byte-edits";

const BLOCK: Block = {
  attributes: {
    name: { type: "string", required: true },
    size: { type: "number", optional: true },
    on: { type: "bool", optional: true },
    tags: { type: ["set", "string"], optional: true },
    options: { type: ["map", "string"], optional: true },
    pairs: { type: ["list", ["object", { key: "string", n: "number" }]], computed: true },
  },
  blocks: {
    labels: { nesting: "set", attributes: { label: { type: "string", required: true } } },
    timeouts: { nesting: "single", attributes: { create: { type: "string", optional: true } } },
  },
};

const unset = (value: fc.Arbitrary<Value>): fc.Arbitrary<Value> => fc.oneof(fc.constant(null), fc.constant(UNKNOWN), value);
const safeKey = fc.string().filter((key) => key !== "__proto__");
const objects: fc.Arbitrary<ObjectValue> = fc.record({
  name: unset(fc.string()),
  size: unset(
    fc.oneof(
      fc.maxSafeInteger(),
      fc.double({ noNaN: true }).map((n) => (Object.is(n, -0) ? 0 : n)),
    ),
  ),
  on: unset(fc.boolean()),
  tags: unset(fc.array(fc.string())),
  options: unset(fc.dictionary(safeKey, fc.string()).map((map) => ({ ...map }))),
  pairs: unset(fc.array(fc.record({ key: unset(fc.string()), n: unset(fc.integer()) }))),
  labels: fc.oneof(fc.constant(UNKNOWN), fc.array(fc.record({ label: unset(fc.string()) }))),
  timeouts: fc.oneof(fc.constant(null), fc.record({ create: unset(fc.string()) })),
});

const EMPTY = { name: null, size: null, on: null, tags: null, options: null, pairs: null, labels: [], timeouts: null };

describe("the codec", () => {
  it("reads what it wrote", () => {
    fc.assert(fc.property(objects, (object) => expect(decodeObject(encodeObject(object, BLOCK), BLOCK)).toEqual(object)));
  });

  it("writes every attribute, missing ones as null and missing blocks as none", () => {
    expect(decode(encodeObject({ name: "a" }, BLOCK))).toEqual({ ...EMPTY, name: "a" });
  });

  it("writes unknown as the three bytes that terraform knows", () => {
    const block: Block = { attributes: { a: { type: "string", computed: true } } };
    expect(Buffer.from(encodeObject({ a: UNKNOWN }, block)).toString("hex")).toBe("81a161d40000");
  });

  it("reads a refined unknown as unknown", () => {
    const bytes = encode({ name: new ExtData(12, encode({ 1: false })) });
    expect(decodeObject(bytes, BLOCK)).toEqual({ ...EMPTY, name: UNKNOWN });
  });

  it("reads numbers that come as decimal strings", () => {
    expect(decodeObject(encode({ size: "12.5" }), BLOCK)).toEqual({ ...EMPTY, size: 12.5 });
  });

  it("knows no object", () => {
    expect(decodeObject(encodeObject(null, BLOCK), BLOCK)).toBeNull();
    expect(decodeObject(new Uint8Array(), BLOCK)).toBeNull();
  });

  it("drops what the schema does not know, so that a newer state can be read", () => {
    expect(decodeObject(encode({ name: "a", check_duplicate: true }), BLOCK)).toEqual({ ...EMPTY, name: "a" });
  });

  it("fails on a value of another shape", () => {
    expect(() => decodeObject(encode({ tags: "a" }), BLOCK)).toThrow("a value of the provider's schema must be a list, got string");
    expect(() => decodeObject(encode([1]), BLOCK)).toThrow("a value of the provider's schema must be an object, got a list");
  });

  it("fails on a number that is none", () => {
    expect(() => decodeObject(encode({ size: "many" }), BLOCK)).toThrow('a value of the provider\'s schema must be a number, got "many"');
    expect(() => decodeObject(encode({ size: NaN }), BLOCK)).toThrow("a value of the provider's schema must be a number, got null");
  });

  it("reads damaged bytes as an object that it can write, or fails with an error", () => {
    const seen = { read: 0, refused: 0 };
    fc.assert(
      fc.property(objects, EDITS, (object, edits) => {
        const damaged = edited(encodeObject(object, BLOCK), edits);
        const read = outcome(() => decodeObject(damaged, BLOCK));
        seen[read instanceof Error ? "refused" : "read"]++;
        expect(read instanceof Error ? read : decodeObject(encodeObject(read, BLOCK), BLOCK)).toEqual(read);
      }),
      { numRuns: 1000 },
    );
    expect(seen.read).toBeGreaterThan(0);
    expect(seen.refused).toBeGreaterThan(0);
  });
});

/** What comes back, or the error; whatever else is thrown is a crash. */
function outcome<T>(run: () => T): T | Error {
  try {
    return run();
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}
