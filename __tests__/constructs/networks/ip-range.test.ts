import fc from "fast-check";
import { IpRange } from "../../../constructs/networks/ip-range";

const cidr = fc.tuple(fc.ipV4(), fc.integer({ min: 1, max: 30 })).map(([address, prefix]) => `${address}/${String(prefix)}`);

function parse(text: string): IpRange {
  const range = IpRange.parse(text);
  if (range === undefined) throw new Error(`${text} must be a range`);
  return range;
}

describe("IpRange", () => {
  it.each(["", "10.0.0.0", "10.0.0.0/0", "10.0.0.0/31", "10.0.0.0/8/8", "10.0.0/8", "256.0.0.0/8", "10.0.0.0/a", "fd00::/64"])(
    "takes %p for no range",
    (text) => {
      expect(IpRange.parse(text)).toBeUndefined();
    },
  );

  it("overlaps in both directions or in none", () => {
    fc.assert(fc.property(cidr, cidr, (a, b) => expect(parse(a).overlaps(parse(b))).toBe(parse(b).overlaps(parse(a)))));
  });

  it("overlaps itself, and the whole that it lies in", () => {
    fc.assert(
      fc.property(cidr, (text) => {
        const [address, prefix] = text.split("/");
        expect(parse(text).overlaps(parse(text))).toBe(true);
        expect(parse(text).overlaps(parse(`${String(address)}/${String(Math.max(1, Number(prefix) - 3))}`))).toBe(true);
      }),
    );
  });

  it("does not overlap its neighbour", () => {
    expect(parse("10.20.0.0/24").overlaps(parse("10.20.1.0/24"))).toBe(false);
  });

  it("writes a range by its first address, and reads that as the same range", () => {
    fc.assert(
      fc.property(cidr, (text) => {
        const range = parse(text);
        expect(parse(range.canonical).canonical).toBe(range.canonical);
        expect(range.holds(range.firstHost)).toBe(true);
        expect(range.holds(range.canonical.split("/")[0] ?? "")).toBe(false);
      }),
    );
  });
});
