import fc from "fast-check";
import { IpRange } from "../../../constructs/networks/ip-range";

const ranges = (address: fc.Arbitrary<string>, longest: number) =>
  fc.tuple(address, fc.integer({ min: 1, max: longest })).map(([from, prefix]) => `${from}/${String(prefix)}`);
const cidr = fc.oneof(ranges(fc.ipV4(), 30), ranges(fc.ipV6(), 126));

function parse(text: string): IpRange {
  const range = IpRange.parse(text);
  if (range === undefined) throw new Error(`${text} must be a range`);
  return range;
}

describe("IpRange", () => {
  it.each([
    "",
    "10.0.0.0",
    "10.0.0.0/0",
    "10.0.0.0/31",
    "10.0.0.0/8/8",
    "10.0.0/8",
    "256.0.0.0/8",
    "10.0.0.0/a",
    "fd00::/0",
    "fd00::/127",
    "fd00::%1/64",
    "fd00/64",
  ])("takes %p for no range", (text) => {
    expect(IpRange.parse(text)).toBeUndefined();
  });

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
    expect(parse("fd00:20::/64").overlaps(parse("fd00:20:0:1::/64"))).toBe(false);
    expect(parse("::/1").overlaps(parse("0.0.0.0/1"))).toBe(false);
  });

  it("contains a part of it, and no whole that it lies in", () => {
    fc.assert(
      fc.property(
        cidr.filter((text) => IpRange.parse(IpRange.parse(text)?.part ?? "") !== undefined),
        (text) => {
          const [range, part] = [parse(text), parse(parse(text).part)];
          expect(part.canonical).toBe(range.part);
          expect([range.contains(part), part.contains(range), range.distanceTo(part) > 0n]).toEqual([true, false, true]);
        },
      ),
    );
    expect([parse("10.20.0.0/24").part, parse("fd00:20::/64").part]).toEqual(["10.20.0.128/25", "fd00:20::1:0/112"]);
  });

  it("writes IPv6 in its shortest form (RFC 5952)", () => {
    expect(parse("FD00:0020:0:0:0:0:0:7/64").canonical).toBe("fd00:20::/64");
    expect(parse("64:ff9b::192.0.2.7/96").canonical).toBe("64:ff9b::/96");
    expect(parse("64:ff9b::192.0.2.7/112").holds("64:ff9b::192.0.2.9")).toBe(true);
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
