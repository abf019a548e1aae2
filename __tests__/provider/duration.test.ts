import fc from "fast-check";
import { formatDuration, parseDuration, sameDuration } from "../../provider/resources/duration";

describe("durations", () => {
  it.each([
    ["90s", 90e9, "1m30s"],
    ["1h", 3600e9, "1h0m0s"],
    ["1.5s", 1.5e9, "1.5s"],
    ["500ms", 5e8, "500ms"],
    ["0", 0, "0s"],
  ])("%s is %d ns, in Go's form %s", (text, nanoseconds, form) => {
    expect(parseDuration(text)).toBe(nanoseconds);
    expect(formatDuration(nanoseconds)).toBe(form);
  });

  it.each(["90", "s", "1 m", "-"])("%s is none", (text) => expect(parseDuration(text)).toBeUndefined());

  it("are compared by length", () => {
    expect(sameDuration("90s", "1m30s")).toBe(true);
    expect(sameDuration("90s", "91s")).toBe(false);
  });

  it("keep their length in Go's form", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e9 }),
        (milliseconds) => parseDuration(formatDuration(milliseconds * 1e6)) === milliseconds * 1e6,
      ),
    );
  });
});
