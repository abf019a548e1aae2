import fc from "fast-check";
import { fault, formatFaults } from "../../config/fault";

const faults = fc.array(
  fc.tuple(fc.stringMatching(/^[A-Z_]{1,20}$/), fc.string({ unit: "binary" })).map(([key, value]) => fault(key, value, "good", "here")),
);

describe("formatFaults", () => {
  it("is empty without faults", () => {
    expect(formatFaults("dev", [])).toBe("");
  });

  it("puts each fault on a line of its own that names its key, whatever the values are", () => {
    fc.assert(
      fc.property(faults, (list) => {
        const [, ...lines] = formatFaults("dev", list).split("\n");
        expect(lines.map((line) => line.split(" ")[2])).toEqual(list.map(({ key }) => key));
      }),
    );
  });

  it("shortens a long value", () => {
    expect(formatFaults("dev", [fault("KEY", "x".repeat(1000), "short", "here")])).toBe(
      `SETTINGS: dev has 1 fault; nothing is applied\n  KEY must be short, got "${"x".repeat(200)}..." (here)`,
    );
  });

  it("leaves the password of a URL out of value and hint", () => {
    const one = fault("HOST", "tcp://me:hunter2@h", "safe", "here", "write tcp://me:hunter2@h:1");
    expect(formatFaults("dev", [one])).toBe(
      'SETTINGS: dev has 1 fault; nothing is applied\n  HOST must be safe, got "tcp://me:***@h"; write tcp://me:***@h:1 (here)',
    );
  });
});
