import { errorFields, jsonLog } from "../../../examples/guestbook/log";

describe("jsonLog", () => {
  it("writes one JSON object per line, whatever the message holds", () => {
    const lines: string[] = [];
    const log = jsonLog({ write: (line) => lines.push(line) }, () => new Date(0));
    log("info", "two\nlines", { status: 200, peer: undefined });
    expect(lines).toEqual(['{"time":"1970-01-01T00:00:00.000Z","level":"info","message":"two\\nlines","status":200}\n']);
  });
});

describe("errorFields", () => {
  it("takes code and message, and leaves the statement behind", () => {
    const error = Object.assign(new Error("Duplicate entry"), { code: "ER_DUP_ENTRY", sql: "INSERT ... 'private'" });
    expect(errorFields(error)).toEqual({ code: "ER_DUP_ENTRY", error: "Duplicate entry" });
  });

  it("copes with what is no error", () => {
    expect(errorFields("text")).toEqual({ error: "text" });
  });
});
