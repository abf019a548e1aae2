import fc from "fast-check";
import { parseDraft } from "../../../examples/guestbook/entry";

describe("parseDraft", () => {
  it("trims, and counts a browser's line break as one character", () => {
    expect(parseDraft({ name: "  Ada ", message: "one\r\ntwo\rthree\n" })).toEqual({
      name: "Ada",
      message: "one\ntwo\nthree",
    });
  });

  it("counts characters, not UTF-16 units", () => {
    const name = "🦉".repeat(80);
    expect(parseDraft({ name, message: "hi" }).name).toBe(name);
  });

  it.each([
    [{}, "name must have 1 to 80 characters, got 0"],
    [{ name: "   ", message: "hi" }, "name must have 1 to 80 characters, got 0"],
    [{ name: "x".repeat(81), message: "hi" }, "name must have 1 to 80 characters, got 81"],
    [{ name: "Ada" }, "message must have 1 to 1000 characters, got 0"],
    [{ name: "Ada", message: "🦉".repeat(1001) }, "message must have 1 to 1000 characters, got 1001"],
    [{ name: 7, message: "hi" }, "name must be text, got number"],
    [{ name: "Ada", message: ["hi"] }, "message must be text, got object"],
    [{ name: "A\nda", message: "hi" }, "name must be one line of plain text"],
    [{ name: "Ada", message: "a\u0000b" }, "message must be plain text"],
  ])("fails for %j", (input, message) => {
    expect(() => parseDraft(input)).toThrow(new Error(message));
  });

  it("accepts or refuses any text, and what it accepts stays within the limits and is well-formed", () => {
    const text = fc.oneof(fc.string({ unit: "binary", maxLength: 1200 }), fc.string({ maxLength: 100 }), fc.constant("\ud800x"));
    fc.assert(
      fc.property(text, text, (name, message) => {
        const draft = tryParse({ name, message });
        if (!draft) return;
        expect(Array.from(draft.name).length).toBeLessThanOrEqual(80);
        expect(Array.from(draft.message).length).toBeLessThanOrEqual(1000);
        expect(Buffer.from(draft.message).toString()).toBe(draft.message);
      }),
    );
  });
});

function tryParse(input: Record<string, unknown>): ReturnType<typeof parseDraft> | undefined {
  try {
    return parseDraft(input);
  } catch {
    return undefined;
  }
}
