import fc from "fast-check";
import { goDuration } from "../../constructs/duration";

const seconds = (text: string): number => {
  const [, hours = "0", minutes = "0", rest = "0"] = /^(?:(\d+)h)?(?:(\d+)m)?(\d+)s$/.exec(text) ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
};

describe("goDuration", () => {
  it.each([
    [0, "0s"],
    [59, "59s"],
    [60, "1m0s"],
    [90, "1m30s"],
    [3600, "1h0m0s"],
    [3661, "1h1m1s"],
  ])("writes %p as %p, the way Docker reports it", (value, text) => {
    expect(goDuration(value)).toBe(text);
  });

  it("loses nothing", () => {
    fc.assert(fc.property(fc.nat(), (value) => expect(seconds(goDuration(value))).toBe(value)));
  });
});
