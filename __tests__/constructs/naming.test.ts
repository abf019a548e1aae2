import { Construct } from "constructs";
import fc from "fast-check";
import { localName, objectName } from "../../constructs/naming";
import { inStack } from "./synth";

const id = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,12}$/).filter((text) => text !== "Resource" && text !== "Default");

describe("objectName", () => {
  it.each([
    [["Shop", "Database"], "dev-shop-database"],
    [["ShopDatabase"], "dev-shop-database"],
    [["HTTPServer"], "dev-http-server"],
    [["Shop2Go"], "dev-shop2-go"],
    [["Database", "Resource"], "dev-database"],
  ])("makes of the path %j %p", (ids, name) => {
    const at = (stack: Construct) => ids.reduce<Construct>((scope, next) => new Construct(scope, next), stack);
    expect(inStack((stack) => objectName(at(stack)))).toBe(name);
  });

  it("is a DNS label whatever the ids, or a fault that says how to mend it", () => {
    fc.assert(
      fc.property(fc.array(id, { minLength: 1, maxLength: 6 }), (ids) => {
        const name = inStack((stack) => {
          try {
            return objectName(ids.reduce<Construct>((scope, next) => new Construct(scope, next), stack));
          } catch (error) {
            return String(error);
          }
        });
        expect(name).toMatch(
          /^([a-z0-9][a-z0-9-]{0,62}|.* must be at most 63 characters, got \d+ in .*; shorten the construct ids \(at .*\))$/,
        );
      }),
      { numRuns: 40 },
    );
  });

  it("leaves the stack out of the local name", () => {
    expect(inStack((stack) => localName(new Construct(stack, "WebTier"), "1"))).toBe("web-tier-1");
  });

  it("fails for ids that no engine takes", () => {
    expect(() => inStack((stack) => objectName(new Construct(stack, "Shöp")))).toThrow(
      new Error('OBJECT_NAME: construct ids must be letters, digits, "-", "_" or ".", got "dev-shöp"; rename the construct (at dev/Shöp)'),
    );
  });

  it("fails for a name that DNS does not carry", () => {
    const long = "a".repeat(60);
    expect(() => inStack((stack) => objectName(new Construct(stack, long)))).toThrow(
      new Error(
        `OBJECT_NAME: object name must be at most 63 characters, got 64 in "dev-${long}"; shorten the construct ids (at dev/${long})`,
      ),
    );
  });
});
