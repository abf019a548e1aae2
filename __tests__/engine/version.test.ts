import { compareApi, negotiateApi, NEWEST_API, OLDEST_API } from "../../engine";

describe("negotiateApi", () => {
  it("takes what the engine offers within what we know", () => {
    expect(negotiateApi("1.41")).toBe("1.41");
    expect(negotiateApi("1.51")).toBe("1.51");
  });

  it("takes the newest that we know from a newer engine", () => {
    expect(negotiateApi("1.99")).toBe(NEWEST_API);
    expect(negotiateApi("2.0")).toBe(NEWEST_API);
  });

  it.each(["1.40", "1.9", "", "new", undefined])("fails on %j", (offered) => {
    expect(negotiateApi(offered)).toBeUndefined();
  });
});

it("compares versions by numbers", () => {
  expect(compareApi("1.9", OLDEST_API)).toBeLessThan(0);
  expect(compareApi("1.45", "1.45")).toBe(0);
  expect(compareApi("2.0", "1.99")).toBeGreaterThan(0);
});
