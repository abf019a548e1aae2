import fc from "fast-check";
import { overlaps, sameSubnet, withoutHostBits } from "../../provider/resources/cidr";

describe("subnets", () => {
  it.each([
    ["10.1.0.0/16", "10.1.2.0/24"],
    ["10.1.2.0/24", "10.1.0.0/16"],
    ["fd00::/8", "fd12:3456::1/64"],
    ["::ffff:10.0.0.0/104", "::ffff:10.1.2.3/128"],
  ])("%s and %s overlap", (a, b) => expect(overlaps(a, b)).toBe(true));

  it.each([
    ["10.1.0.0/16", "10.2.0.0/16"],
    ["10.0.0.0/8", "fd00::/8"],
    ["", "10.0.0.0/8"],
    ["10.0.0.1", "10.0.0.0/8"],
  ])("%j and %j do not", (a, b) => expect(overlaps(a, b)).toBe(false));

  it("are the same with and without host bits, in any spelling", () => {
    expect(sameSubnet("fd00::1/64", "fd00::/64")).toBe(true);
    expect(sameSubnet("fd00:0:0:0:0:0:0:0/64", "fd00::/64")).toBe(true);
    expect(sameSubnet("10.0.0.0/8", "10.0.0.0/9")).toBe(false);
  });

  it.each([
    ["10.1.2.3/16", "10.1.0.0/16"],
    ["10.1.2.3/0", "0.0.0.0/0"],
    ["fd00::1/64", "fd00:0:0:0:0:0:0:0/64"],
    ["fd12:3456::beef/28", "fd12:3450:0:0:0:0:0:0/28"],
    ["10.1.2.3/33", "10.1.2.3/33"],
    ["ten", "ten"],
  ])("%s without host bits is %s", (given, cleared) => expect(withoutHostBits(given)).toBe(cleared));

  it("without host bits are the same subnet", () => {
    const v4 = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }));
    const v6 = fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 }));
    const subnet = fc.oneof(v4, v6).map(([address, prefix]) => `${address}/${prefix}`);
    fc.assert(fc.property(subnet, (text) => expect(sameSubnet(withoutHostBits(text), text)).toBe(true)));
  });

  it("overlap both ways or not at all", () => {
    const subnet = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, prefix]) => `${address}/${prefix}`);
    fc.assert(fc.property(subnet, subnet, (a, b) => expect(overlaps(a, b)).toBe(overlaps(b, a))));
    fc.assert(fc.property(subnet, (a) => expect(overlaps(a, a)).toBe(true)));
  });
});
